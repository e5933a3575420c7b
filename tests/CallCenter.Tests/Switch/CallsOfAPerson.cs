using System.Text.Json.Nodes;
using Courier.CallCenter.Journal;
using Courier.CallCenter.Records;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Switch;
using Courier.CallCenter.Tests.Ivr;
using Courier.Kernel;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The privacy centre finds and erases a person's calls, talks and messages, those too that came before anybody knew who called; on both databases.</summary>
public abstract class CallsOfAPerson(Hotline hotline)
{
    private CallNote? _last;

    [Fact]
    public async Task Are_exported_with_their_recordings_and_erased_from_the_records_and_from_the_disk()
    {
        var (phone, other) = (hotline.NewPhone(), hotline.NewPhone());
        var customer = await hotline.Customer(phone);
        var talk = await ACall(phone, customer, RecordingKind.Talk);
        var message = await ACall(phone, null, RecordingKind.Voicemail); // known by the number alone
        var stranger = await ACall(other, null, RecordingKind.Talk);

        var calls = (await Export(customer))["calls"]!.AsArray();
        calls.Count.ShouldBe(2);
        calls.ShouldAllBe(c => c!["number"]!.GetValue<string>() == phone && c["recordings"]!.AsArray().Count == 1);
        calls.Select(c => c!["recordings"]![0]!["kind"]!.GetValue<string>()).ShouldBe(["talk", "voicemail"], ignoreOrder: true);
        calls.Select(c => c!["recordings"]![0]!["seconds"]!.GetValue<long>()).ShouldAllBe(s => s == 42);

        await Erase(customer, new ErasureScope([PersonalDataKind.Voice]));
        (FileOf(talk), FileOf(message), FileOf(stranger)).ShouldBe((false, false, true));
        calls = (await Export(customer))["calls"]!.AsArray();
        calls.Count.ShouldBe(2);
        calls.ShouldAllBe(c => c!["recordings"]!.AsArray().Count == 0);

        await Erase(customer, ErasureScope.Everything);
        foreach (var call in (string[])[talk, message])
        {
            var row = await hotline.Db.First<string>("select concat(peer_cipher, peer_hash, peer_tail, coalesce(customer_id, '')) from calls_calls where id = @call", new { call });
            row.ShouldBe("", "that there was a call stays, and names nobody");
            (await hotline.Db.First<string>("select peer_tail from calls_legs where call_id = @call", new { call })).ShouldBe("");
        }
        (await CallReading.Find(hotline.Db, stranger, default))!.PeerTail.ShouldBe(other[^4..]);
    }

    [Fact]
    public async Task A_recording_that_another_process_erased_goes_from_this_disk_too()
    {
        var call = await ACall(hotline.NewPhone(), null, RecordingKind.Talk);
        var kept = await ACall(hotline.NewPhone(), null, RecordingKind.Talk);
        await hotline.Db.Execute("update calls_recordings set erased_at = @now where id = @call", new { now = hotline.App.Clock.GetUtcNow(), call });
        await hotline.App.Get<Recordings>().RemoveErased(hotline.Db, default);
        (FileOf(call), FileOf(kept)).ShouldBe((false, true));
    }

    [Fact]
    public async Task Stand_in_the_customers_timeline_the_latest_first()
    {
        var phone = hotline.NewPhone();
        var customer = await hotline.Customer(phone);
        var first = await ACall(phone, customer, RecordingKind.Talk);
        hotline.App.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await ACall(phone, customer, RecordingKind.Talk);
        await ACall(hotline.NewPhone(), null, RecordingKind.Talk);

        var parts = hotline.App.Services.GetServices<ITimelinePart>();
        var calls = await CustomerTimeline.Execute(hotline.Db, parts, customer, null, 10, default);
        calls.Select(c => (c.Id, c.Kind, c.Number, c.State)).ShouldBe([(second, TimelineKind.CallIn, "95300", "completed"), (first, TimelineKind.CallIn, "95300", "completed")]);
        (await CustomerTimeline.Execute(hotline.Db, parts, customer, second, 10, default)).ShouldHaveSingleItem().Id.ShouldBe(first);
    }

    [Fact]
    public async Task Are_told_to_others_once_at_their_begin_and_once_at_their_end_with_every_leg_however_often_the_note_comes()
    {
        var call = await ACall(hotline.NewPhone(), null, RecordingKind.Talk);
        var journal = hotline.App.Get<CallJournal>();
        journal.Add(CallNote.Kind, _last!);
        (await journal.Drain(default)).ShouldBeTrue();
        var like = new { call = $"%{call}%" };
        (await hotline.Db.Query<string>("select name from outbox_messages where body like @call order by name desc", like)).ShouldBe(["call.started.v1", "call.ended.v1"]);
        var told = await hotline.Db.First<string>("select body from outbox_messages where body like @call and name = 'call.ended.v1'", like);
        JsonNode.Parse(told!)!["legs"]!.AsArray().ShouldHaveSingleItem()!["outcome"]!.GetValue<string>().ShouldBe("hung_up_there");
    }

    [Fact]
    public async Task A_recording_is_gone_once_its_days_are_over_and_that_there_was_one_stays()
    {
        var (over, kept) = (await ACall(hotline.NewPhone(), null, RecordingKind.Talk), await ACall(hotline.NewPhone(), null, RecordingKind.Voicemail));
        var now = hotline.App.Clock.GetUtcNow();
        (await hotline.Db.First<DateTimeOffset>("select expires_at from calls_recordings where id = @over", new { over })).ShouldBe(now.AddDays(180), TimeSpan.FromSeconds(1));
        await hotline.Db.Execute("update calls_recordings set expires_at = @now where id = @over", new { now, over });
        await hotline.App.RunJob("calls.purge_recordings");
        (FileOf(over), FileOf(kept)).ShouldBe((false, true));
        (await CallReading.Find(hotline.Db, over, default)).ShouldNotBeNull();
        (await hotline.Db.First<DateTimeOffset?>("select erased_at from calls_recordings where id = @over", new { over })).ShouldNotBeNull();
    }

    /// <summary>A call of a number that was recorded; its id is the recording's too.</summary>
    private async Task<string> ACall(string phone, CustomerId? customer, RecordingKind kind)
    {
        var now = hotline.App.Clock.GetUtcNow();
        var id = Ids.New(hotline.App.Clock);
        var leg = new LegFigures
        {
            Id = id, Role = PartyRole.Caller, PhoneUser = "", PeerTail = phone[^4..], Trunk = "local", SipCallId = id, StartedAt = now, EndedAt = now, Outcome = PartyOutcome.HungUpThere, Status = 0,
            Sent = 0, Received = 0, Lost = 0, LossPermille = 0, JitterMs = 0,
        };
        var figures = new CallFigures
        {
            Id = id, Direction = CallDirection.Inbound, Peer = phone, Hotline = "95300", Flow = "main", Trunk = "local", Customer = customer, StartedAt = now, EndedAt = now, Result = CallResult.Completed,
            IsRecorded = true, Legs = [leg],
        };
        var journal = hotline.App.Get<CallJournal>();
        journal.Add(CallNote.Kind, _last = new CallNote("tests", now, figures));
        journal.Add(Recordings.Kind, new FinishedRecording(
            new RecordingFacts(id, id, kind, kind == RecordingKind.Voicemail ? "main" : "", customer?.Text, TakeCallNotes.PeerHash(hotline.Keys, phone), now), new string('0', 64), 44, TimeSpan.FromSeconds(42)));
        (await journal.Drain(default)).ShouldBeTrue();
        await File.WriteAllTextAsync(PathOf(id), "sound");
        return id;
    }

    private Task<JsonObject> Export(CustomerId customer) => ExportCustomer.Execute(hotline.Db, hotline.App.Services.GetServices<IPersonalData>(), customer, default);

    private async Task Erase(CustomerId customer, ErasureScope what)
    {
        await EraseCustomer.Ask(hotline.Db, hotline.Keys, hotline.App.Get<IJobAlarm>(), hotline.App.Clock, new(ErasureOrigin.Customer, what, $"{customer}/{what}") { Customer = customer }, default);
        await hotline.App.RunJob(EraseCustomer.JobName);
    }

    private bool FileOf(string recording) => File.Exists(PathOf(recording));

    private string PathOf(string recording) => Path.Combine(hotline.App.Get<DataDirectory>().Folder("recordings"), recording + ".rec");
}

public sealed class CallsOfAPersonOnSqlite(HotlineOnSqlite hotline) : CallsOfAPerson(hotline), IClassFixture<HotlineOnSqlite>;

public sealed class CallsOfAPersonOnMariaDb(HotlineOnMariaDb hotline) : CallsOfAPerson(hotline), IClassFixture<HotlineOnMariaDb>;
