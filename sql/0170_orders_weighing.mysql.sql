-- What a parcel costs by its measured weight, where that differs from what was agreed: settled at the pickup.
create table if not exists orders_settlements (
  waybill varchar(40) character set ascii collate ascii_bin not null primary key,
  order_id char(32) character set ascii collate ascii_bin not null,
  weighed_grams bigint not null,
  chargeable_grams bigint not null,
  agreed_fen bigint not null,
  weighed_fen bigint not null,
  price_lines text not null,
  recorded_at bigint not null,
  index orders_settlements_order (order_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- The smallest cell that fits, so that another one can be kept when a reservation has ended.
alter table orders_orders add column cell_size varchar(8) character set ascii collate ascii_bin null check (cell_size in ('small', 'medium', 'large'));
