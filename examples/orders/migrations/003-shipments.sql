-- Of the message that was handled, which has the id of its order: the second time it comes it finds its row.
CREATE TABLE shipments (
  order_id uuid PRIMARY KEY REFERENCES orders (id),
  shipped_by text NOT NULL
);
