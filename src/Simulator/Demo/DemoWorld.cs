using Courier.Simulator.Network;
using Courier.Simulator.Parcels;
using Courier.Simulator.Play;

namespace Courier.Simulator.Demo;

/// <summary>A world that already lives at the first start: parcels in all states with their past, many of them the demo customers'.</summary>
internal sealed class DemoWorld(World world, SimulatorOptions options)
{
    const int ParcelsPerPerson = 8;
    static readonly string[] HomeCities = ["杭州", "上海", "深圳"];
    /// <summary>Where the planted parcels stand; a stage that stands more often shows more often.</summary>
    static readonly ParcelStage[] Stands =
    [
        ParcelStage.OutForDelivery, ParcelStage.Signed, ParcelStage.Arrived, ParcelStage.InLocker, ParcelStage.Departed, ParcelStage.Signed,
        ParcelStage.InStation, ParcelStage.PickedUp, ParcelStage.DeliveryFailed, ParcelStage.Signed, ParcelStage.Held, ParcelStage.Departed,
        ParcelStage.Registered, ParcelStage.Returning, ParcelStage.Signed, ParcelStage.Redirected, ParcelStage.Returned, ParcelStage.OutForDelivery,
        ParcelStage.Refused, ParcelStage.Signed, ParcelStage.Damaged, ParcelStage.Cancelled, ParcelStage.Arrived, ParcelStage.Lost, ParcelStage.Signed,
    ];

    readonly ParcelMaker _maker = new(options);

    public void PlantOnce()
    {
        if (world.IsPlanted) return;
        var now = world.Clock.At;
        var parcels = Enumerable.Range(1, options.DemoParcels).Select(number => Standing(number, now)).ToList();
        var live = parcels.Where(parcel => !parcel.IsDone).Take(options.LiveParcels).Select(parcel => parcel.Waybill).ToHashSet();
        world.Plant([.. parcels.Select(parcel => parcel with { Live = live.Contains(parcel.Waybill) })]);
    }

    /// <summary>For each parcel that ended a new one is sent, every third one by or to a demo customer.</summary>
    public void KeepBusy()
    {
        for (var missing = options.LiveParcels - world.LiveCount; missing > 0 && world.Clock.Playing; missing--)
        {
            var number = world.Parcels.Count;
            world.Create(number % 3 == 0 ? Wish(number / 3) : new ParcelWish());
        }
    }

    SimulatedParcel Standing(int number, DateTimeOffset now)
    {
        var stage = Stands[number % Stands.Length];
        var ofPerson = number <= DemoPeople.All.Count * ParcelsPerPerson;
        var wish = (ofPerson ? Wish(number) : new ParcelWish()) with { Outcome = Ending(number, stage) };
        return Younger(number, wish, stage, now) ?? Shifted(number, wish, stage, now);
    }

    /// <summary>Tries when it may have been sent so that it stands there just now, by the rhythm of the days.</summary>
    SimulatedParcel? Younger(int number, ParcelWish wish, ParcelStage stage, DateTimeOffset now)
    {
        for (var attempt = 0; attempt < 16; attempt++)
        {
            var sent = now.AddHours(-(stage.IsFinal() ? 70 + 11 * attempt + number % 37 : 1 + 5.5 * attempt + number % 5));
            if (stage == ParcelStage.Registered) sent = now.AddMinutes(-1 - number % 25);   // No pickup is sooner than half an hour.
            var parcel = Happened(_maker.Make(wish, number, sent), now);
            if (parcel.Stage == stage) return parcel;
        }
        return null;
    }

    /// <summary>When no day fits (nothing is out for delivery at night), its whole past is moved until it does.</summary>
    SimulatedParcel Shifted(int number, ParcelWish wish, ParcelStage stage, DateTimeOffset now)
    {
        var parcel = _maker.Make(wish, number, now.AddDays(-3));
        var last = parcel.Plan.Last(step => step.Stage == stage);
        var by = now.AddMinutes(-5 - number % 50) - last.Due;
        return Happened(parcel with
        {
            CreatedAt = parcel.CreatedAt + by,
            PromisedBy = parcel.PromisedBy + by,
            Plan = [.. parcel.Plan.Select(step => step with { Due = step.Due + by })],
        }, now);
    }

    static SimulatedParcel Happened(SimulatedParcel parcel, DateTimeOffset now) => Moves.UpTo(parcel, now, now);

    Outcome Ending(int number, ParcelStage stage) => stage switch
    {
        ParcelStage.Signed => Outcomes.Draw(Chance.Of(options.Seed, -number)) is var drawn and < Outcome.Refused ? drawn : Outcome.SignedInPerson,
        ParcelStage.Returning or ParcelStage.Returned when number % 2 == 0 => Outcome.Undeliverable,
        _ => Outcomes.Reaching(stage),
    };

    static ParcelWish Wish(int number)
    {
        var person = DemoPeople.All[number % DemoPeople.All.Count];
        var home = Cities.Find(HomeCities[number % DemoPeople.All.Count % HomeCities.Length]);
        return number / DemoPeople.All.Count % 5 < 3
            ? new(RecipientPhone: person.Phone, RecipientName: person.Nickname, To: home)
            : new(SenderPhone: person.Phone, SenderName: person.Nickname, From: home);
    }
}
