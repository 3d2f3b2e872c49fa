CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer text NOT NULL,
  article text NOT NULL,
  quantity integer NOT NULL CHECK (quantity > 0),
  placed_at timestamptz NOT NULL DEFAULT now(),
  shipped_at timestamptz
);

CREATE INDEX orders_of_customer ON orders (customer, placed_at DESC);

CREATE INDEX orders_pending ON orders (placed_at) WHERE shipped_at IS NULL;
