create table parcels_parcels (
  id text not null primary key,
  waybill text not null unique,
  core text not null,
  product text not null,
  sender_name_cipher text not null,
  sender_phone_cipher text not null,
  sender_phone_hash text not null,
  sender_phone_tail text not null,
  sender_province text not null,
  sender_city text not null,
  sender_district text not null,
  sender_detail_cipher text not null,
  recipient_name_cipher text not null,
  recipient_phone_cipher text not null,
  recipient_phone_hash text not null,
  recipient_phone_tail text not null,
  recipient_province text not null,
  recipient_city text not null,
  recipient_district text not null,
  recipient_detail_cipher text not null,
  weight_grams integer,
  promised_by integer,
  registered_at integer not null
) strict, without rowid;

create index parcels_parcels_sender on parcels_parcels (sender_phone_hash, id);
create index parcels_parcels_recipient on parcels_parcels (recipient_phone_hash, id);

create table parcels_states (
  parcel_id text not null primary key,
  status text not null check (status in ('registered', 'picked_up', 'departed', 'arrived', 'out_for_delivery', 'in_locker', 'in_station', 'signed',
    'delivery_failed', 'held', 'refused', 'returning', 'returned', 'damaged', 'lost', 'redirected', 'cancelled')),
  version integer not null,
  last_event_at integer not null,
  latest_text text not null,
  latest_place text not null
) strict, without rowid;

create table parcels_events (
  core text not null,
  event_id text not null,
  parcel_id text not null,
  code text not null,
  status text check (status in ('registered', 'picked_up', 'departed', 'arrived', 'out_for_delivery', 'in_locker', 'in_station', 'signed',
    'delivery_failed', 'held', 'refused', 'returning', 'returned', 'damaged', 'lost', 'redirected', 'cancelled')),
  happened_at integer not null,
  sequence integer not null,
  received_at integer not null,
  city text not null,
  place text not null,
  text text not null,
  operator text not null,
  reason text not null,
  weight_grams integer,
  primary key (core, event_id)
) strict, without rowid;

create index parcels_events_parcel on parcels_events (parcel_id, happened_at, sequence);

create table parcels_followers (
  parcel_id text not null,
  customer_id text not null,
  asked_at integer not null,
  primary key (parcel_id, customer_id)
) strict, without rowid;

create index parcels_followers_customer on parcels_followers (customer_id, asked_at);

create table parcels_tail_tries (
  waybill text not null primary key,
  since integer not null,
  tries integer not null
) strict, without rowid;

create index parcels_tail_tries_since on parcels_tail_tries (since);
