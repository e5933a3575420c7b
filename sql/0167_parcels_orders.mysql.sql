-- Which parcels belong to an order of ours.
create table if not exists parcels_orders (
  parcel_id char(32) character set ascii collate ascii_bin not null primary key,
  order_id char(32) character set ascii collate ascii_bin not null,
  index parcels_orders_order (order_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
