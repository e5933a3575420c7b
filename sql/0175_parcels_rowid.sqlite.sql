-- A parcel's row is nearly a kilobyte. Without a rowid the inner pages of the tree hold such rows too, four a page: among a million parcels a
-- question went down eight pages, most of them read by nobody else. With a rowid the rows lie in the leaves and the way to them is three pages.
create table parcels_parcels_new (
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
) strict;

insert into parcels_parcels_new (id, waybill, core, product, sender_name_cipher, sender_phone_cipher, sender_phone_hash, sender_phone_tail,
  sender_province, sender_city, sender_district, sender_detail_cipher, recipient_name_cipher, recipient_phone_cipher,
  recipient_phone_hash, recipient_phone_tail, recipient_province, recipient_city, recipient_district,
  recipient_detail_cipher, weight_grams, promised_by, registered_at)
select id, waybill, core, product, sender_name_cipher, sender_phone_cipher, sender_phone_hash, sender_phone_tail,
  sender_province, sender_city, sender_district, sender_detail_cipher, recipient_name_cipher, recipient_phone_cipher,
  recipient_phone_hash, recipient_phone_tail, recipient_province, recipient_city, recipient_district,
  recipient_detail_cipher, weight_grams, promised_by, registered_at
from parcels_parcels
order by id;

drop table parcels_parcels;
alter table parcels_parcels_new rename to parcels_parcels;

create index parcels_parcels_sender on parcels_parcels (sender_phone_hash, id);
create index parcels_parcels_recipient on parcels_parcels (recipient_phone_hash, id);
