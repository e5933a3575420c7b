using Courier.CallCenter.Agents;
using Courier.CallCenter.Routing;

namespace Courier.CallCenter.Tests.Routing;

public sealed class WaitingForAnAgent : IAsyncLifetime
{
    private CallFloor _floor = null!;

    public async Task InitializeAsync() => _floor = await CallFloor.Open();

    public async Task DisposeAsync() => await _floor.DisposeAsync();

    [Fact]
    public async Task A_call_gets_an_agent_who_talks_wraps_up_and_is_ready_again()
    {
        var agent = _floor.Ready("agent1001");
        var entry = _floor.Join();
        var reservation = await entry.NextAgent(default);
        (reservation.Agent, reservation.PhoneUser, reservation.CallId, reservation.Ring).ShouldBe((agent, "agent1001", entry.CallId, TimeSpan.FromSeconds(20)));
        _floor.State("agent1001").State.ShouldBe(AgentState.Reserved);
        reservation.Answered().ShouldBeTrue();
        (entry.Left, _floor.State("agent1001").State, entry.Position).ShouldBe((QueueLeft.Answered, AgentState.Talking, 0));
        _floor.Board.TalkEnded(agent, "another call").ShouldBeFalse();
        _floor.Board.TalkEnded(agent, entry.CallId).ShouldBeTrue();
        _floor.State("agent1001").State.ShouldBe(AgentState.WrapUp);
        _floor.Pass(19);
        _floor.State("agent1001").State.ShouldBe(AgentState.WrapUp);
        _floor.Pass(1);
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
    }

    [Fact]
    public async Task An_agent_who_lets_it_ring_is_not_ready_and_the_caller_keeps_the_place()
    {
        _floor.Ready("agent1001");
        var first = _floor.Join();
        var reservation = await first.NextAgent(default);
        _floor.Pass(5);
        var second = _floor.Join();
        var waiting = second.NextAgent(default);
        reservation.Failed(RingEnd.NoAnswer);
        (_floor.State("agent1001").State, _floor.State("agent1001").Reason).ShouldBe((AgentState.NotReady, NotReadyReason.NoAnswer));
        var again = first.NextAgent(default);
        (first.Position, second.Position).ShouldBe((1, 2));
        var other = _floor.Ready("agent1002");
        (await again).Agent.ShouldBe(other);
        waiting.IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(RingEnd.Busy, NotReadyReason.PhoneBusy)]
    [InlineData(RingEnd.Rejected, NotReadyReason.Rejected)]
    [InlineData(RingEnd.Unreachable, NotReadyReason.Unreachable)]
    internal async Task Why_an_agent_did_not_take_the_call_is_kept(RingEnd how, NotReadyReason reason)
    {
        _floor.Ready("agent1001");
        (await _floor.Join().NextAgent(default)).Failed(how);
        _floor.State("agent1001").Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task A_reservation_that_nobody_ends_expires_and_cannot_be_answered_any_more()
    {
        _floor.Ready("agent1001");
        var entry = _floor.Join();
        var reservation = await entry.NextAgent(default);
        _floor.Pass(24);
        _floor.State("agent1001").State.ShouldBe(AgentState.Reserved);
        _floor.Pass(1);
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
        reservation.Answered().ShouldBeFalse();
        (await entry.NextAgent(default)).Answered().ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_who_hangs_up_sets_the_agent_free_at_once()
    {
        _floor.Ready("agent1001");
        var entry = _floor.Join();
        var reservation = await entry.NextAgent(default);
        entry.Leave(QueueLeft.Abandoned).ShouldBeTrue();
        entry.Leave(QueueLeft.Voicemail).ShouldBeFalse();
        (entry.Left, _floor.State("agent1001").State).ShouldBe((QueueLeft.ShortAbandoned, AgentState.Ready));
        reservation.Answered().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(() => entry.NextAgent(default));
    }

    [Fact]
    public async Task Who_gives_up_asking_keeps_the_place()
    {
        _floor.Ready("agent1001");
        _floor.Board.NotReady(_floor.Agent("agent1001"), NotReadyReason.Meal);
        var entry = _floor.Join();
        using var stop = new CancellationTokenSource();
        var asked = entry.NextAgent(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
        _floor.Board.Ready(_floor.Agent("agent1001"));
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
        (await entry.NextAgent(default)).Answered().ShouldBeTrue();
    }

    [Fact]
    public async Task Wrap_up_belongs_to_the_agent_whatever_queue_calls()
    {
        _floor.Rule(q => q with { Skills = [], WrapUp = TimeSpan.Zero }, "complaint");
        var agent = _floor.Ready("agent1001");
        var entry = _floor.Join();
        (await entry.NextAgent(default)).Answered();
        var other = _floor.Join("complaint").NextAgent(default);
        _floor.Board.TalkEnded(agent, entry.CallId);
        other.IsCompleted.ShouldBeFalse();
        _floor.Board.EndWrapUp(agent).ShouldBeTrue();
        var reservation = await other;
        reservation.Answered();
        _floor.Board.TalkEnded(agent, reservation.CallId);
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
    }

    [Fact]
    public async Task A_registration_that_is_lost_takes_an_agent_out_and_its_return_brings_back_what_was()
    {
        _floor.Ready("agent1001");
        _floor.Board.SignedOff("agent1001");
        var asked = _floor.Join().NextAgent(default);
        (_floor.State("agent1001").State, asked.IsCompleted).ShouldBe((AgentState.Offline, false));
        _floor.Board.SignedOn("agent1001");
        (await asked).PhoneUser.ShouldBe("agent1001");
    }

    [Fact]
    public void Nobody_waits_where_nobody_is_at_work_or_it_is_full_or_closed()
    {
        _floor.Join().Admission.ShouldBe(Admission.Unstaffed);
        _floor.Board.SignedOn("agent1001");
        _floor.Rule(q => q with { MaxLength = 1 });
        (_floor.Join().Admission, _floor.Join().Admission).ShouldBe((Admission.Admitted, Admission.Full));
        _floor.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        _floor.Join().Admission.ShouldBe(Admission.Closed);
        _floor.Queues.IsOpen("main").ShouldBeFalse();
    }

    [Fact]
    public void Who_waits_too_long_or_after_the_last_agent_has_left_is_told()
    {
        _floor.Rule(q => q with { MaxWait = TimeSpan.FromSeconds(30) });
        _floor.Board.SignedOn("agent1001");
        var entry = _floor.Join();
        _floor.Pass(29);
        entry.Over.IsCancellationRequested.ShouldBeFalse();
        _floor.Pass(1);
        (entry.Over.IsCancellationRequested, entry.OverBecause).ShouldBe((true, QueueLeft.TimedOut));
        var other = _floor.Join();
        _floor.Board.SignOff(_floor.Agent("agent1001")).ShouldBeTrue();
        _floor.Pass(1);
        (other.Over.IsCancellationRequested, other.OverBecause).ShouldBe((true, QueueLeft.Unstaffed));
    }

    [Fact]
    public async Task A_call_goes_on_to_another_queue_and_keeps_its_time()
    {
        _floor.Rule(q => q with { OverflowAfter = TimeSpan.FromSeconds(60), OverflowTo = "main" }, "complaint");
        await Skill("agent1001", "complaint");
        _floor.Board.SignedOn("agent1001");
        var entry = _floor.Join("complaint");
        var asked = entry.NextAgent(default);
        _floor.Pass(30);
        var later = _floor.Join().NextAgent(default);
        _floor.Ready("agent1002");
        (await later).Answered(); // the queue main was alone with an agent without the skill
        _floor.Ready("agent1003");
        asked.IsCompleted.ShouldBeFalse();
        _floor.Pass(30);
        (await asked).PhoneUser.ShouldBe("agent1003");
        entry.Queue.ShouldBe("main");
    }

    [Fact]
    public async Task The_expected_wait_is_the_place_times_the_usual_length_over_the_agents()
    {
        _floor.Ready("agent1001");
        _floor.Ready("agent1002");
        (await _floor.Join().NextAgent(default)).Answered();
        (await _floor.Join().NextAgent(default)).Answered();
        var first = _floor.Join();
        _floor.Pass(1); // of two at one instant nobody can say who was first
        var second = _floor.Join();
        (first.ExpectedWait, second.ExpectedWait).ShouldBe((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(180)));
    }

    [Fact]
    public void An_agent_in_an_own_call_gets_none_and_can_be_passed_one_only_when_ready()
    {
        var agent = _floor.Ready("agent1001");
        _floor.Board.Engaged(agent, "own").ShouldBeTrue();
        _floor.Board.TryReserve(agent, "other", TimeSpan.FromSeconds(20)).ShouldBeNull();
        _floor.Board.SignOff(agent).ShouldBeFalse();
        _floor.Board.TalkEnded(agent, "own").ShouldBeTrue();
        _floor.State("agent1001").State.ShouldBe(AgentState.Ready);
        var reservation = _floor.Board.TryReserve(agent, "other", TimeSpan.FromSeconds(20)).ShouldNotBeNull();
        _floor.Board.TryReserve(agent, "third", TimeSpan.FromSeconds(20)).ShouldBeNull();
        reservation.Answered().ShouldBeTrue();
    }

    private async Task Skill(string user, string skill)
    {
        await _floor.Db.Execute("insert into calls_agent_skills (staff_id, skill, level) values (@id, @skill, 5)", new { id = _floor.Agent(user), skill });
        var rules = _floor.Book.All.ToList();
        await _floor.Refresh();
        _floor.Book.Take([.. rules.Select(r => r with { Version = r.Version + 100 })]);
    }
}
