-- Messages that are not published yet, written in the transaction of what they tell.
CREATE TABLE outbox (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  topic text NOT NULL,
  data jsonb NOT NULL
);
