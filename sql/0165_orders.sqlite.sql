-- Shipping orders. Who sends and who receives lies encrypted (name, phone, street) beside what rows are found by.
create table orders_orders (
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
  changed_at integer not null
) strict, without rowid;

create index orders_orders_customer on orders_orders (customer_id, id);
create index orders_orders_sender on orders_orders (sender_phone_hash, id);
create index orders_orders_waiting on orders_orders (status, placed_at);

-- One parcel of an order: its waybill, recipient, goods and price; the lines of the price as they were quoted.
create table orders_shipments (
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
) strict, without rowid;

create unique index orders_shipments_order on orders_shipments (order_id, position);
create index orders_shipments_recipient on orders_shipments (recipient_phone_hash, order_id);

-- What was done to an order after it was placed.
create table orders_history (
  order_id text not null,
  version integer not null,
  action text not null,
  status text not null,
  actor text not null check (actor in ('customer', 'core', 'outlet', 'house')),
  note text not null,
  at integer not null,
  primary key (order_id, version)
) strict, without rowid;

-- How many places of an appointment slot are taken.
create table orders_slots (
  area text not null,
  starts_at integer not null,
  ends_at integer not null,
  taken integer not null check (taken >= 0),
  primary key (area, starts_at)
) strict, without rowid;

create index orders_slots_ended on orders_slots (ends_at);

-- Reports of carrier cores about orders that were taken already.
create table orders_reports (
  core text not null,
  report_id text not null,
  order_id text not null,
  received_at integer not null,
  primary key (core, report_id)
) strict, without rowid;

create index orders_reports_received on orders_reports (received_at);
