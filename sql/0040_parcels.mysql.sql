create table if not exists parcels_parcels (
  id char(32) character set ascii collate ascii_bin not null primary key,
  waybill varchar(32) character set ascii collate ascii_bin not null unique,
  core varchar(64) not null,
  product varchar(40) not null,
  sender_name_cipher varchar(600) character set ascii collate ascii_bin not null,
  sender_phone_cipher varchar(200) character set ascii collate ascii_bin not null,
  sender_phone_hash char(64) character set ascii collate ascii_bin not null,
  sender_phone_tail char(4) character set ascii collate ascii_bin not null,
  sender_province varchar(40) not null,
  sender_city varchar(40) not null,
  sender_district varchar(40) not null,
  sender_detail_cipher varchar(1600) character set ascii collate ascii_bin not null,
  recipient_name_cipher varchar(600) character set ascii collate ascii_bin not null,
  recipient_phone_cipher varchar(200) character set ascii collate ascii_bin not null,
  recipient_phone_hash char(64) character set ascii collate ascii_bin not null,
  recipient_phone_tail char(4) character set ascii collate ascii_bin not null,
  recipient_province varchar(40) not null,
  recipient_city varchar(40) not null,
  recipient_district varchar(40) not null,
  recipient_detail_cipher varchar(1600) character set ascii collate ascii_bin not null,
  weight_grams bigint null,
  promised_by bigint null,
  registered_at bigint not null,
  index parcels_parcels_sender (sender_phone_hash, id),
  index parcels_parcels_recipient (recipient_phone_hash, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists parcels_states (
  parcel_id char(32) character set ascii collate ascii_bin not null primary key,
  status varchar(20) not null check (status in ('registered', 'picked_up', 'departed', 'arrived', 'out_for_delivery', 'in_locker', 'in_station', 'signed',
    'delivery_failed', 'held', 'refused', 'returning', 'returned', 'damaged', 'lost', 'redirected', 'cancelled')),
  version bigint not null,
  last_event_at bigint not null,
  latest_text varchar(500) not null,
  latest_place varchar(100) not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists parcels_events (
  core varchar(64) not null,
  event_id varchar(64) not null,
  parcel_id char(32) character set ascii collate ascii_bin not null,
  code varchar(40) not null,
  status varchar(20) null check (status in ('registered', 'picked_up', 'departed', 'arrived', 'out_for_delivery', 'in_locker', 'in_station', 'signed',
    'delivery_failed', 'held', 'refused', 'returning', 'returned', 'damaged', 'lost', 'redirected', 'cancelled')),
  happened_at bigint not null,
  sequence int not null,
  received_at bigint not null,
  city varchar(40) not null,
  place varchar(100) not null,
  text varchar(500) not null,
  operator varchar(64) not null,
  reason varchar(200) not null,
  weight_grams bigint null,
  primary key (core, event_id),
  index parcels_events_parcel (parcel_id, happened_at, sequence)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists parcels_followers (
  parcel_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  asked_at bigint not null,
  primary key (parcel_id, customer_id),
  index parcels_followers_customer (customer_id, asked_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists parcels_tail_tries (
  waybill varchar(32) character set ascii collate ascii_bin not null primary key,
  since bigint not null,
  tries int not null,
  index parcels_tail_tries_since (since)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
