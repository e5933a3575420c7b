-- Whoever asks whether a parcel may be left somewhere names the attempt: asking again is answered as before and logged once.
alter table customers_deposits add column attempt text null;
create unique index customers_deposits_attempt on customers_deposits (attempt);
