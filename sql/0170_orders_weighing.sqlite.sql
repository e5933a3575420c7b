-- What a parcel costs by its measured weight, where that differs from what was agreed: settled at the pickup.
create table orders_settlements (
  waybill text not null primary key,
  order_id text not null,
  weighed_grams integer not null,
  chargeable_grams integer not null,
  agreed_fen integer not null,
  weighed_fen integer not null,
  price_lines text not null,
  recorded_at integer not null
) strict, without rowid;

create index orders_settlements_order on orders_settlements (order_id);

-- The smallest cell that fits, so that another one can be kept when a reservation has ended.
alter table orders_orders add column cell_size text check (cell_size in ('small', 'medium', 'large'));
