-- Whoever ordered that a parcel is sent follows it and is its sender, whatever telephone number stands on it.
alter table parcels_followers add column is_sender int not null default 0;
