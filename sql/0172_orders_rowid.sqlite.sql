-- Rows of orders and of their parcels are wide: in a table without rowid they would lie in the inner pages of its tree too, which makes the tree
-- of ten million rows eight pages deep. A list's pages are found in the index alone, status and all.
create table orders_orders_new (
  id text not null primary key,
  number text not null unique,
  customer_id text not null,
  client_key text not null unique,
  request_hash text not null,
  kind text not null check (kind in ('door', 'locker', 'outlet')),
  status text not null check (status in ('placed', 'accepted', 'deposited', 'pickup_failed', 'picked_up', 'completed', 'cancelled', 'expired')),
  version integer not null,
  sender_cipher text not null,
  sender_phone_hash text not null,
  sender_phone_tail text not null,
  sender_province text not null,
  sender_city text not null,
  sender_district text not null,
  area text not null,
  slot_from integer,
  slot_until integer,
  locker_code text,
  cell_holder text unique,
  outlet_code text,
  drop_off_code text unique,
  payment text not null check (payment in ('on_pickup')),
  total_fen integer not null,
  list_fen integer not null,
  real_name_cipher text not null,
  real_name_checked_at integer,
  inspected_at integer,
  consents text not null,
  goods_standing text not null check (goods_standing in ('allowed', 'conditional', 'unknown')),
  remark_cipher text not null,
  courier_cipher text not null,
  placed_at integer not null,
  changed_at integer not null,
  cell_size text check (cell_size in ('small', 'medium', 'large'))
) strict;

insert into orders_orders_new (id, number, customer_id, client_key, request_hash, kind, status, version, sender_cipher, sender_phone_hash, sender_phone_tail,
  sender_province, sender_city, sender_district, area, slot_from, slot_until, locker_code, cell_holder, outlet_code, drop_off_code, payment, total_fen,
  list_fen, real_name_cipher, real_name_checked_at, inspected_at, consents, goods_standing, remark_cipher, courier_cipher, placed_at, changed_at, cell_size)
select id, number, customer_id, client_key, request_hash, kind, status, version, sender_cipher, sender_phone_hash, sender_phone_tail, sender_province,
  sender_city, sender_district, area, slot_from, slot_until, locker_code, cell_holder, outlet_code, drop_off_code, payment, total_fen, list_fen,
  real_name_cipher, real_name_checked_at, inspected_at, consents, goods_standing, remark_cipher, courier_cipher, placed_at, changed_at, cell_size from
  orders_orders order by id;

drop table orders_orders;
alter table orders_orders_new rename to orders_orders;

create table orders_shipments_new (
  waybill text not null primary key,
  order_id text not null,
  position integer not null,
  status text not null check (status in ('waiting', 'picked_up', 'done', 'cancelled')),
  recipient_cipher text not null,
  recipient_phone_hash text not null,
  recipient_phone_tail text not null,
  recipient_province text not null,
  recipient_city text not null,
  recipient_district text not null,
  goods_kind text not null,
  goods_name_cipher text not null,
  weight_grams integer not null,
  length_mm integer,
  width_mm integer,
  height_mm integer,
  weighed_grams integer,
  declared_fen integer,
  packaging text not null,
  quote_id text not null,
  product text not null,
  product_name text not null,
  total_fen integer not null,
  list_fen integer not null,
  chargeable_grams integer not null,
  promised_by integer,
  price_lines text not null
) strict;

insert into orders_shipments_new (waybill, order_id, position, status, recipient_cipher, recipient_phone_hash, recipient_phone_tail, recipient_province,
  recipient_city, recipient_district, goods_kind, goods_name_cipher, weight_grams, length_mm, width_mm, height_mm, weighed_grams, declared_fen, packaging,
  quote_id, product, product_name, total_fen, list_fen, chargeable_grams, promised_by, price_lines)
select waybill, order_id, position, status, recipient_cipher, recipient_phone_hash, recipient_phone_tail, recipient_province, recipient_city,
  recipient_district, goods_kind, goods_name_cipher, weight_grams, length_mm, width_mm, height_mm, weighed_grams, declared_fen, packaging, quote_id, product,
  product_name, total_fen, list_fen, chargeable_grams, promised_by, price_lines from orders_shipments order by order_id, position;

drop table orders_shipments;
alter table orders_shipments_new rename to orders_shipments;

create index orders_orders_customer on orders_orders (customer_id, id, status);
create index orders_orders_sender on orders_orders (sender_phone_hash, id, status);
create index orders_orders_waiting on orders_orders (status, placed_at);
create unique index orders_shipments_order on orders_shipments (order_id, position);
create index orders_shipments_recipient on orders_shipments (recipient_phone_hash, order_id);
