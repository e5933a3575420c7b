-- What the courier collects from the recipient for the sender, as it was quoted.
alter table orders_shipments add column cod_fen integer not null default 0;
