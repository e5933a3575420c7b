using Courier.CallCenter.Switch;
using Courier.Kernel;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>The one table of what may follow what, and of what may be done when.</summary>
public sealed class CallStatesTable
{
    [Fact]
    public void Every_state_ends_and_nothing_follows_the_end()
    {
        foreach (var state in Enum.GetValues<CallState>())
        {
            CallState.Ended.MayFollow(state).ShouldBe(state != CallState.Ended, state.ToString());
            state.MayFollow(CallState.Ended).ShouldBeFalse();
        }
    }

    [Fact]
    public void Every_state_is_reached()
    {
        var reached = new HashSet<CallState> { CallState.Beginning };
        while (Enum.GetValues<CallState>().Where(s => !reached.Contains(s) && reached.Any(r => s.MayFollow(r))).ToList() is { Count: > 0 } more) reached.UnionWith(more);
        reached.Count.ShouldBe(Enum.GetValues<CallState>().Length);
    }

    [Fact]
    public void Every_command_makes_sense_at_some_time_and_is_refused_at_others()
    {
        foreach (var command in Enum.GetValues<CallCommand>())
        {
            Enum.GetValues<CallState>().Any(s => s.Allows(command)).ShouldBeTrue(command.ToString());
            Should.Throw<RuleBroken>(() => CallState.Ended.Require(command)).Code.ShouldBe("calls.not_now");
        }
    }
}
