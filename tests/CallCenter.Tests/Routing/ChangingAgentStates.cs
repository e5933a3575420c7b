using Courier.CallCenter.Agents;
using Courier.Services.Staff;

namespace Courier.CallCenter.Tests.Routing;

public sealed class ChangingAgentStates
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(8));

    // Of an agent with a telephone who wants calls, whose queue grants wrap-up: every state × every event; "-" is refused, "=" stays.
    private const string Expected =
        """
                  PhoneOn PhoneOff WantReady WantNotReady Reserve  Answer  RingFail RingFree Engage  TalkEnd WrapEnd SignOff
        LoggedOut NotReady =       Ready     NotReady     -        -       -        -        -       -       -       =
        Offline   Ready   =        Ready     NotReady     -        -       -        -        -       -       -       LoggedOut
        NotReady  =       Offline  Ready     NotReady     -        -       -        -        Talking -       -       LoggedOut
        Ready     =       Offline  =         NotReady     Reserved -       -        -        Talking -       -       LoggedOut
        Reserved  =       =        =         =            -        Talking NotReady Ready    -       -       -       -
        Talking   =       =        =         =            -        -       -        -        -       WrapUp  -       -
        WrapUp    =       =        Ready     =            -        -       -        -        Talking -       Ready   LoggedOut
        """;

    [Fact]
    public void Every_event_in_every_state_does_what_the_table_says()
    {
        var lines = Expected.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        lines[0].ShouldBe(Enum.GetNames<AgentEvent>());
        lines[1..].Select(l => l[0]).ShouldBe(Enum.GetNames<AgentState>());
        foreach (var line in lines[1..])
        {
            foreach (var (what, expected) in lines[0].Zip(line[1..]))
            {
                var before = AnAgent(Enum.Parse<AgentState>(line[0]));
                var after = before.On(Enum.Parse<AgentEvent>(what), Now);
                (after is null ? "-" : after.State == before.State && expected == "=" ? "=" : after.State.ToString()).ShouldBe(expected, $"{line[0]} {what}");
            }
        }
    }

    [Fact]
    public void Without_wrap_up_an_agent_is_home_at_once() =>
        (AnAgent(AgentState.Talking) with { WrapUp = TimeSpan.Zero }).On(AgentEvent.TalkEnd, Now)!.State.ShouldBe(AgentState.Ready);

    [Fact]
    public void Who_loses_the_telephone_in_a_call_is_off_line_after_it()
    {
        var talking = AnAgent(AgentState.Talking).On(AgentEvent.PhoneOff, Now)!;
        talking.On(AgentEvent.TalkEnd, Now)!.On(AgentEvent.WrapEnd, Now)!.State.ShouldBe(AgentState.Offline);
    }

    [Fact]
    public void Who_wants_a_break_in_a_call_has_it_after_the_wrap_up()
    {
        var talking = (AnAgent(AgentState.Talking) with { Reason = NotReadyReason.Meal }).On(AgentEvent.WantNotReady, Now)!;
        var home = talking.On(AgentEvent.TalkEnd, Now)!.On(AgentEvent.WrapEnd, Now)!;
        (home.State, home.Reason).ShouldBe((AgentState.NotReady, NotReadyReason.Meal));
    }

    [Fact]
    public void A_call_that_went_another_way_does_not_send_an_agent_to_the_end_of_the_line()
    {
        var reserved = AnAgent(AgentState.Reserved) with { IdleSince = Now.AddMinutes(-9) };
        reserved.On(AgentEvent.RingFree, Now)!.IdleSince.ShouldBe(Now.AddMinutes(-9));
        AnAgent(AgentState.WrapUp).On(AgentEvent.WrapEnd, Now)!.IdleSince.ShouldBe(Now);
    }

    private static Agent AnAgent(AgentState state) => new()
    {
        Id = StaffId.Parse(new string('1', 32)), PhoneUser = "agent1001", Name = "小林", Skills = new Dictionary<string, int>(), State = state, WantsReady = true,
        HasPhone = true, CallId = "c", Queue = "main", WrapUp = TimeSpan.FromSeconds(20),
    };
}
