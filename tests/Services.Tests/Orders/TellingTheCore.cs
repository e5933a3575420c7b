using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Services.Orders;
using Courier.Services.Orders.Webhooks;
using Courier.Services.Parcels;
using Courier.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Courier.Services.Tests.Orders;

/// <summary>Messages to a core that is away, slow to take them, or has no HTTP at all.</summary>
public sealed class TellingTheCore : IAsyncLifetime
{
    private const string Secret = "secret-of-the-listening-core";

    private readonly ConcurrentQueue<(string Delivery, string Event, string Order, bool IsSigned)> _heard = [];
    private readonly TaskCompletionSource<IResult> _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refuse;
    private CourierApp _app = null!;
    private Kit _kit = null!;

    public async Task InitializeAsync() => _kit = new Kit(_app = await CourierApp.Start(new()
    {
        Settings = new Dictionary<string, string>
        {
            ["Webhooks:0:Url"] = "/test/core", ["Webhooks:0:Key"] = "listener", ["Webhooks:0:Secret"] = Secret,
            ["Webhooks:1:Folder"] = "exchange/out", ["Webhooks:1:Key"] = "files", ["Webhooks:1:Events:0"] = "order.cancelled.v1",
            ["Webhooks:2:Url"] = "/test/slow", ["Webhooks:2:Key"] = "slow", ["Webhooks:2:Secret"] = Secret, ["Webhooks:2:Events:0"] = "test.slow.v1",
            ["Webhooks:3:Url"] = "http://127.0.0.1:9/", ["Webhooks:3:Key"] = "away", ["Webhooks:3:Secret"] = Secret, ["Webhooks:3:Events:0"] = "test.away.v1",
        },
        Endpoints = routes =>
        {
            routes.MapPost("/test/core", Hear).AllowAnonymous();
            routes.MapPost("/test/slow", () => _slow.Task).AllowAnonymous();
        },
    }));

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_message_is_signed_and_repeated_under_its_delivery_id_until_it_is_taken()
    {
        _refuse = 2;
        var (_, id) = await AnOrder();
        await _app.Settle();
        _heard.ShouldHaveSingleItem();
        await _app.Live(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));
        _heard.Count.ShouldBe(3);
        _heard.ShouldAllBe(h => h.IsSigned && h.Event == "order.placed.v1" && h.Order == id);
        _heard.Select(h => h.Delivery).Distinct().ShouldHaveSingleItem();
        var log = (await WebhookLog.List(_app.Get<Db>(), waitingOnly: false, null, 10, default)).ShouldHaveSingleItem();
        (log.Status, log.Attempts, log.LastStatus, log.LastError).ShouldBe(("done", 3L, 204, ""));
    }

    [Fact]
    public async Task What_is_told_later_about_an_order_waits_for_what_was_told_before()
    {
        _refuse = 1;
        var (me, id) = await AnOrder();
        await _app.Settle(); // refused; the next try is due later
        var (_, other) = await AnOrder();
        await CancelOrder.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, me, id, null, default);
        await _app.Settle();
        _heard.Select(h => h.Event).ShouldNotContain("order.cancelled.v1", "the placing was not taken yet");
        _heard.Select(h => h.Order).ShouldContain(other, "others do not wait for it");
        await _app.Live(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));
        _heard.Where(h => h.Order == id).Select(h => h.Event).Distinct().ShouldBe(["order.placed.v1", "order.cancelled.v1"]);
    }

    [Fact]
    public async Task An_operator_gives_a_message_up_and_the_next_goes_on()
    {
        _refuse = int.MaxValue;
        var (me, id) = await AnOrder();
        await CancelOrder.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, me, id, null, default);
        await _app.Settle();
        var stuck = (await WebhookLog.List(_app.Get<Db>(), waitingOnly: true, null, 10, default)).Single(w => w.Event == "order.placed.v1");
        stuck.LastStatus.ShouldBe(503);
        _refuse = 0;
        var alarm = (Courier.Kernel.Jobs.IJobAlarm)_app.Services.GetService(typeof(Courier.Kernel.Jobs.IJobAlarm))!;
        (await _app.Get<Db>().InTransaction(tx => WebhookLog.Drop(tx, alarm, stuck.Id, _app.Clock.GetUtcNow(), default))).ShouldBeTrue();
        await _app.Settle();
        _heard.Last().Event.ShouldBe("order.cancelled.v1");
        (await _app.Get<Db>().InTransaction(tx => WebhookLog.Retry(tx, alarm, stuck.Id, _app.Clock.GetUtcNow(), default))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_system_without_http_finds_a_file_for_each_message()
    {
        var (me, wish) = (await _kit.ACustomer(), await _kit.AWish(slot: _kit.Slot(13, 1)));
        var id = await _kit.AnOrder(me, wish with { Sender = wish.Sender! with { Extension = "801" } });
        await CancelOrder.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, me, id, null, default);
        await _app.Settle();
        var file = Directory.GetFiles(Path.Combine(_app.DataDirectory, "exchange", "out")).ShouldHaveSingleItem();
        file.ShouldEndWith(".json");
        using var message = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        message.RootElement.GetProperty("event").GetString().ShouldBe("order.cancelled.v1");
        message.RootElement.GetProperty("data").GetProperty("id").GetString().ShouldBe(id);
        message.RootElement.GetProperty("data").GetProperty("sender").GetProperty("extension").GetString().ShouldBe("801");
        Path.GetFileName(file).ShouldContain(message.RootElement.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task A_parcel_that_is_to_be_brought_another_way_is_told_of_and_so_is_the_taking_back()
    {
        var phone = _kit.NewPhone();
        var (sender, recipient) = (await _kit.ACustomer(), await _kit.ACustomer(phone));
        var order = (await _kit.Show(sender, await _kit.AnOrder(sender, await _kit.AWish(recipient: phone, slot: _kit.Slot(13, 1))))).Order;
        await _app.Settle();
        var waybill = WaybillNumber.Parse(order.Shipments[0].Waybill);
        await DirectParcel.Ask(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, _app.Get<ParcelsOptions>(), new Courier.Services.Addresses.Divisions(), recipient, waybill, DirectionKind.Correct, new DirectionDetail { Recipient = new PartyReport { Name = "李蕾蕾" } }, default);
        var asked = await DirectParcel.Ask(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, _app.Get<ParcelsOptions>(), new Courier.Services.Addresses.Divisions(), recipient, waybill, DirectionKind.Locker, new DirectionDetail { Place = (await _kit.ALocker()).Text }, default);
        await DirectParcel.Undo(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, recipient, waybill, default);
        await _app.Settle();
        _heard.ShouldAllBe(h => h.IsSigned);
        _heard.Where(h => h.Event.StartsWith("parcel.", StringComparison.Ordinal)).Select(h => h.Event).ShouldBe(["parcel.corrected.v1", "parcel.redirected.v1", "parcel.redirection_undone.v1"]);
        _heard.Single(h => h.Event == "parcel.redirected.v1").Order.ShouldBe(asked!.Id);
        (await ShowParties.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), recipient, waybill, default))!.Recipient.Name.ShouldBe("李*蕾");
    }

    [Fact]
    public async Task A_system_that_takes_its_time_holds_no_other_up()
    {
        await Tell("test.slow.v1", 20);
        var sending = _app.RunJob(PlanWebhooks.JobName);
        await Wait.Until(() => _heard.Count == 20, "the other system has heard all");
        (await _app.Get<Db>().First<long>("select count(*) from orders_webhooks where target = 'slow' and last_error = ''")).ShouldBe(20, "it has answered nothing yet");
        _slow.SetResult(Results.NoContent());
        await sending;
        (await _app.Get<Db>().First<long>("select count(*) from orders_webhooks where status = 'done'")).ShouldBe(40);
    }

    [Fact]
    public async Task A_system_that_does_not_answer_is_left_alone_for_a_while_and_then_tried_with_one_message()
    {
        await Tell("test.away.v1", 3);
        await _app.Settle();
        await Tell("test.away.v1", 1);
        await _app.Settle();
        (await Attempts()).ShouldBe([1, 1, 1, 0]);
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        await _app.Settle();
        (await Attempts()).Sum().ShouldBe(4);
    }

    private Task<IReadOnlyList<long>> Attempts() => _app.Get<Db>().Query<long>("select attempts from orders_webhooks where target = 'away' order by attempts desc");

    private Task Tell(string name, int count) => _app.Get<Db>().InTransaction(async tx =>
    {
        for (var i = 0; i < count; i++)
            await _app.Get<PlanWebhooks>().Plan(tx, name, "test:" + Courier.Kernel.Ids.New(_app.Clock), 1, new { id = i.ToString(System.Globalization.CultureInfo.InvariantCulture) }, default);
    });

    private async Task<(CustomerId Me, string OrderId)> AnOrder()
    {
        var me = await _kit.ACustomer();
        return (me, await _kit.AnOrder(me, await _kit.AWish(slot: _kit.Slot(13, 1))));
    }

    private async Task<IResult> Hear(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{request.Headers["X-Courier-Timestamp"]}\n{body}")));
        using var message = JsonDocument.Parse(body);
        _heard.Enqueue((request.Headers["X-Courier-Delivery"].ToString(), message.RootElement.GetProperty("event").GetString()!,
            message.RootElement.GetProperty("data").GetProperty("id").GetString()!, request.Headers["X-Courier-Signature"] == signature && request.Headers["X-Courier-Key"] == "listener"));
        return Interlocked.Decrement(ref _refuse) >= 0 ? Results.StatusCode(503) : Results.NoContent();
    }

    /// <summary>The suites' ways to make orders, on the app of this test.</summary>
    private sealed class Kit(CourierApp app) : OrdersApp(app)
    {
        protected override Task<string?> MariaDbConnection() => Task.FromResult<string?>(null);
    }
}
