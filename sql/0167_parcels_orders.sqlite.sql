-- Which parcels belong to an order of ours.
create table parcels_orders (
  parcel_id text not null primary key,
  order_id text not null
) strict, without rowid;

create index parcels_orders_order on parcels_orders (order_id);
