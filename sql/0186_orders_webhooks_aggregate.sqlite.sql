-- An erasure drops what waits to be told about a person.
create index orders_webhooks_aggregate on orders_webhooks (aggregate);
