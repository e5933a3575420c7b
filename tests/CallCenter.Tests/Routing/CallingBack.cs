using Courier.CallCenter.Agents;
using Courier.CallCenter.Routing;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Routing;

/// <summary>Call-backs keep their place, are tried, and outlive the process; on both databases.</summary>
public abstract class CallingBack : IAsyncLifetime
{
    private static readonly Phone Number = Phone.Parse("13800001111");

    private CallFloor _floor = null!;

    public abstract DatabaseProvider Provider { get; }

    public async Task InitializeAsync() => _floor = await CallFloor.Open(Provider);

    public async Task DisposeAsync() => await _floor.DisposeAsync();

    [Fact]
    public async Task A_call_back_is_served_in_its_turn_before_who_came_later()
    {
        var dialling = new Dialling(due =>
        {
            due.Agent.Answered().ShouldBeTrue();
            return Task.FromResult(CallBackResult.Connected);
        });
        _floor.CallBacks.DialBy(dialling);
        var ticket = _floor.Ticket();
        _floor.CallBacks.Ask(ticket, Number);
        _floor.Pass(1);
        _floor.Board.SignedOn("agent1001");
        var later = _floor.Join();
        var asked = later.NextAgent(default);
        await Wait.Until(() => later.Position == 2, "the call-back waits before it");
        _floor.Ready("agent1001");
        await Wait.Until(() => _floor.CallBacks.Mine.Count == 0, "it is served");
        var due = dialling.Dialled.ShouldHaveSingleItem();
        (due.CallId, due.Phone, due.Try, due.Agent.Agent).ShouldBe((ticket.CallId, Number, 1, _floor.Agent("agent1001")));
        asked.IsCompleted.ShouldBeFalse();
        await _floor.Drain();
        (await State()).ShouldBe("connected:0:");
        (await _floor.Db.First<string>("select how from calls_queue_entries where is_call_back = 1")).ShouldBe("answered");
        later.Position.ShouldBe(1);
    }

    [Fact]
    public async Task Who_is_not_reached_is_tried_three_times_with_pauses_and_told_in_the_end()
    {
        var dialling = new Dialling(_ => Task.FromResult(CallBackResult.CustomerNotReached));
        _floor.CallBacks.DialBy(dialling);
        _floor.Ready("agent1001");
        _floor.CallBacks.Ask(_floor.Ticket(), Number);
        foreach (var tries in Enumerable.Range(1, 3))
        {
            await Wait.Until(() => dialling.Dialled.Count == tries && (tries == 3 || _floor.CallBacks.Mine.Single().Tries == tries), $"try {tries}");
            _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
            _floor.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        await Wait.Until(() => _floor.Sms.Taken.Count == 1, "the customer is told");
        _floor.Sms.Taken.Values.Single().To.ShouldBe(Number);
        await _floor.Drain();
        (await State()).ShouldBe("not_reached:3:");
    }

    [Fact]
    public async Task Who_is_known_at_WeChat_and_not_reached_is_told_there()
    {
        var customer = CustomerId.Parse("0192f0c0ffee70008000000000000701");
        await _floor.Db.Execute("insert into customers_identities (app_id, openid, customer_id, created_at) values ('wx1', 'o1', @customer, 1)", new { customer });
        var dialling = new Dialling(_ => Task.FromResult(CallBackResult.CustomerNotReached));
        _floor.CallBacks.DialBy(dialling);
        _floor.Ready("agent1001");
        _floor.CallBacks.Ask(_floor.Ticket() with { Customer = customer }, Number);
        foreach (var tries in Enumerable.Range(1, 3))
        {
            await Wait.Until(() => dialling.Dialled.Count == tries && (tries == 3 || _floor.CallBacks.Mine.Single().Tries == tries), $"try {tries}");
            _floor.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        await Wait.Until(async () => await _floor.Db.First<long>("select count(*) from notifications_messages where customer = @customer and dedupe_key like 'call-back:%'", new { customer }) == 1, "the customer is told at WeChat");
        _floor.Sms.Taken.ShouldBeEmpty("what WeChat does not deliver goes as a short message later");
    }

    [Fact]
    public async Task An_agent_who_does_not_answer_costs_no_try()
    {
        var dialling = new Dialling(due => Task.FromResult(due.Agent.PhoneUser == "agent1001" ? CallBackResult.AgentFailed : CallBackResult.Connected));
        _floor.CallBacks.DialBy(dialling);
        _floor.Ready("agent1001");
        _floor.CallBacks.Ask(_floor.Ticket(), Number);
        await Wait.Until(() => _floor.State("agent1001").State == AgentState.NotReady, "the agent is out");
        _floor.Ready("agent1002");
        await Wait.Until(() => _floor.CallBacks.Mine.Count == 0, "another agent takes it");
        dialling.Dialled.Select(d => d.Try).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_second_wish_from_the_same_number_keeps_the_earlier_place()
    {
        var first = _floor.Ticket();
        _floor.CallBacks.Ask(first, Number);
        _floor.Pass(60);
        _floor.CallBacks.Ask(_floor.Ticket(), Number);
        _floor.CallBacks.Mine.ShouldHaveSingleItem().Since.ShouldBe(first.Since);
        await _floor.Drain();
        (await _floor.Db.Query<string>("select state from calls_callbacks order by state")).ShouldBe(["cancelled", "waiting"]);
    }

    [Fact]
    public async Task Another_process_goes_on_with_the_call_backs_of_one_that_is_gone()
    {
        var ticket = _floor.Ticket(tier: "gold", skills: new SkillNeed("english", 3));
        _floor.CallBacks.Ask(ticket, Number);
        await _floor.Drain();
        await using var other = await _floor.Another();
        other.CallBacks.Mine.ShouldBeEmpty("the first one has the lease");
        _floor.Clock.Advance(CallBacks.Lease + TimeSpan.FromSeconds(1));
        await other.Refresh();
        var taken = other.CallBacks.Mine.ShouldHaveSingleItem();
        (taken.CallId, taken.Since, taken.Phone, taken.Tier, taken.Skills[0]).ShouldBe((ticket.CallId, ticket.Since, Number, "gold", new SkillNeed("english", 3)));
        await _floor.Refresh();
        await _floor.Refresh();
        (await State()).ShouldStartWith("waiting:0:");
    }

    [Fact]
    public async Task One_that_was_taken_back_is_let_go_and_its_number_forgotten()
    {
        _floor.CallBacks.Ask(_floor.Ticket(), Number);
        await _floor.Drain();
        await _floor.Refresh();
        var id = (await ListCallBacks.Latest(_floor.Db, default)).ShouldHaveSingleItem().Id;
        (await _floor.Db.InTransaction(tx => ListCallBacks.Cancel(tx, _floor.Clock, id, default))).ShouldBeTrue();
        (await _floor.Db.InTransaction(tx => ListCallBacks.Cancel(tx, _floor.Clock, id, default))).ShouldBeFalse();
        await _floor.Refresh();
        _floor.CallBacks.Mine.ShouldBeEmpty();
        await _floor.Drain();
        (await State()).ShouldBe("cancelled:0:");
    }

    [Fact]
    public async Task Nobody_is_called_back_out_of_hours()
    {
        var dialling = new Dialling(_ => Task.FromResult(CallBackResult.Connected));
        _floor.CallBacks.DialBy(dialling);
        _floor.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        _floor.CallBacks.Ask(_floor.Ticket(), Number);
        _floor.Ready("agent1001");
        _floor.Pass(5);
        dialling.Dialled.ShouldBeEmpty();
        _floor.Clock.Advance(TimeSpan.FromHours(9)); // 08:00
        _floor.Ready("agent1001");
        await Wait.Until(() => dialling.Dialled.Count == 1, "the customer is called in the morning");
    }

    private async Task<string?> State() => await _floor.Db.First<string>(
        Provider == DatabaseProvider.MySql ? "select concat(state, ':', tries, ':', phone_hash) from calls_callbacks" : "select state || ':' || tries || ':' || phone_hash from calls_callbacks");
}

public sealed class CallingBackOnSqlite : CallingBack
{
    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;
}

public sealed class CallingBackOnMariaDb : CallingBack
{
    public override DatabaseProvider Provider => DatabaseProvider.MySql;
}
