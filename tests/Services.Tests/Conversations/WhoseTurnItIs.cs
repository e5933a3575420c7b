using Courier.Services.Conversations;

namespace Courier.Services.Tests.Conversations;

public sealed class WhoseTurnItIs
{
    public static TheoryData<ConversationOwner, ConversationAction, ConversationOwner?> Table => new()
    {
        { ConversationOwner.Bot, ConversationAction.RequestHuman, ConversationOwner.Queue },
        { ConversationOwner.Bot, ConversationAction.Take, null },
        { ConversationOwner.Bot, ConversationAction.GiveBack, null },
        { ConversationOwner.Bot, ConversationAction.Leave, null },
        { ConversationOwner.Bot, ConversationAction.Close, ConversationOwner.Closed },
        { ConversationOwner.Queue, ConversationAction.RequestHuman, null },
        { ConversationOwner.Queue, ConversationAction.Take, ConversationOwner.Agent },
        { ConversationOwner.Queue, ConversationAction.GiveBack, null },
        { ConversationOwner.Queue, ConversationAction.Leave, ConversationOwner.Closed },
        { ConversationOwner.Queue, ConversationAction.Close, ConversationOwner.Closed },
        { ConversationOwner.Agent, ConversationAction.RequestHuman, null },
        { ConversationOwner.Agent, ConversationAction.Take, null },
        { ConversationOwner.Agent, ConversationAction.GiveBack, ConversationOwner.Queue },
        { ConversationOwner.Agent, ConversationAction.Leave, ConversationOwner.Closed },
        { ConversationOwner.Agent, ConversationAction.Close, ConversationOwner.Closed },
        { ConversationOwner.Closed, ConversationAction.RequestHuman, null },
        { ConversationOwner.Closed, ConversationAction.Take, null },
        { ConversationOwner.Closed, ConversationAction.GiveBack, null },
        { ConversationOwner.Closed, ConversationAction.Leave, null },
        { ConversationOwner.Closed, ConversationAction.Close, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_step_is_allowed_or_not(ConversationOwner from, ConversationAction action, ConversationOwner? to) =>
        ConversationRules.After(from, action).ShouldBe(to);

    [Fact]
    public void The_table_above_is_complete() =>
        Table.Count.ShouldBe(Enum.GetValues<ConversationOwner>().Length * Enum.GetValues<ConversationAction>().Length);

    [Theory]
    [InlineData(ConversationOwner.Bot, false)]
    [InlineData(ConversationOwner.Queue, true)]
    [InlineData(ConversationOwner.Agent, true)]
    [InlineData(ConversationOwner.Closed, false)]
    public void The_bot_is_silent_while_a_person_owns_it(ConversationOwner owner, bool silent) =>
        new ConversationState("1", "C20261122-0001", owner, 1).BotIsSilent.ShouldBe(silent);
}
