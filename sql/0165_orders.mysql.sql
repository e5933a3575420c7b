-- Shipping orders. Who sends and who receives lies encrypted (name, phone, street) beside what rows are found by.
create table if not exists orders_orders (
  id char(32) character set ascii collate ascii_bin not null primary key,
  number char(14) character set ascii collate ascii_bin not null unique,
  customer_id char(32) character set ascii collate ascii_bin not null,
  client_key char(64) character set ascii collate ascii_bin not null unique,
  request_hash char(64) character set ascii collate ascii_bin not null,
  kind varchar(10) character set ascii collate ascii_bin not null check (kind in ('door', 'locker', 'outlet')),
  status varchar(20) character set ascii collate ascii_bin not null check (status in ('placed', 'accepted', 'deposited', 'pickup_failed', 'picked_up', 'completed', 'cancelled', 'expired')),
  version bigint not null,
  sender_cipher varchar(2400) character set ascii collate ascii_bin not null,
  sender_phone_hash char(64) character set ascii collate ascii_bin not null,
  sender_phone_tail char(4) character set ascii collate ascii_bin not null,
  sender_province varchar(40) not null,
  sender_city varchar(40) not null,
  sender_district varchar(40) not null,
  area varchar(12) character set ascii collate ascii_bin not null,
  slot_from bigint null,
  slot_until bigint null,
  locker_code varchar(32) character set ascii collate ascii_bin null,
  cell_holder char(32) character set ascii collate ascii_bin null unique,
  outlet_code varchar(32) character set ascii collate ascii_bin null,
  drop_off_code varchar(12) character set ascii collate ascii_bin null unique,
  payment varchar(12) character set ascii collate ascii_bin not null check (payment in ('on_pickup')),
  total_fen bigint not null,
  list_fen bigint not null,
  real_name_cipher varchar(400) character set ascii collate ascii_bin not null,
  real_name_checked_at bigint null,
  inspected_at bigint null,
  consents varchar(120) character set ascii collate ascii_bin not null,
  goods_standing varchar(12) character set ascii collate ascii_bin not null check (goods_standing in ('allowed', 'conditional', 'unknown')),
  remark_cipher varchar(1600) character set ascii collate ascii_bin not null,
  courier_cipher varchar(800) character set ascii collate ascii_bin not null,
  placed_at bigint not null,
  changed_at bigint not null,
  index orders_orders_customer (customer_id, id),
  index orders_orders_sender (sender_phone_hash, id),
  index orders_orders_waiting (status, placed_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- One parcel of an order: its waybill, recipient, goods and price; the lines of the price as they were quoted.
create table if not exists orders_shipments (
  waybill varchar(32) character set ascii collate ascii_bin not null primary key,
  order_id char(32) character set ascii collate ascii_bin not null,
  position int not null,
  status varchar(12) character set ascii collate ascii_bin not null check (status in ('waiting', 'picked_up', 'done', 'cancelled')),
  recipient_cipher varchar(2400) character set ascii collate ascii_bin not null,
  recipient_phone_hash char(64) character set ascii collate ascii_bin not null,
  recipient_phone_tail char(4) character set ascii collate ascii_bin not null,
  recipient_province varchar(40) not null,
  recipient_city varchar(40) not null,
  recipient_district varchar(40) not null,
  goods_kind varchar(40) not null,
  goods_name_cipher varchar(800) character set ascii collate ascii_bin not null,
  weight_grams bigint not null,
  length_mm bigint null,
  width_mm bigint null,
  height_mm bigint null,
  weighed_grams bigint null,
  declared_fen bigint null,
  packaging varchar(40) not null,
  quote_id varchar(64) character set ascii collate ascii_bin not null,
  product varchar(40) not null,
  product_name varchar(60) not null,
  total_fen bigint not null,
  list_fen bigint not null,
  chargeable_grams bigint not null,
  promised_by bigint null,
  price_lines text not null,
  unique index orders_shipments_order (order_id, position),
  index orders_shipments_recipient (recipient_phone_hash, order_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- What was done to an order after it was placed.
create table if not exists orders_history (
  order_id char(32) character set ascii collate ascii_bin not null,
  version bigint not null,
  action varchar(20) character set ascii collate ascii_bin not null,
  status varchar(20) character set ascii collate ascii_bin not null,
  actor varchar(12) character set ascii collate ascii_bin not null check (actor in ('customer', 'core', 'outlet', 'house')),
  note varchar(300) not null,
  at bigint not null,
  primary key (order_id, version)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- How many places of an appointment slot are taken.
create table if not exists orders_slots (
  area varchar(12) character set ascii collate ascii_bin not null,
  starts_at bigint not null,
  ends_at bigint not null,
  taken int not null check (taken >= 0),
  primary key (area, starts_at),
  index orders_slots_ended (ends_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Reports of carrier cores about orders that were taken already.
create table if not exists orders_reports (
  core varchar(64) not null,
  report_id varchar(64) not null,
  order_id char(32) character set ascii collate ascii_bin not null,
  received_at bigint not null,
  primary key (core, report_id),
  index orders_reports_received (received_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
