using System.Collections.Frozen;
using Courier.Kernel;
using Courier.Services.Staff;

namespace Courier.Services.Conversations;

/// <summary>What can be done with a conversation.</summary>
public enum ConversationAction
{
    /// <summary>The customer wants a person.</summary>
    RequestHuman,

    /// <summary>An agent takes it.</summary>
    Take,

    /// <summary>The agent gives it back to the queue.</summary>
    GiveBack,

    /// <summary>The customer goes back to the bot.</summary>
    Leave,

    /// <summary>It is over.</summary>
    Close,
}

/// <summary>Whose turn follows on which action: the whole state machine of the owner.</summary>
public static class ConversationRules
{
    /// <summary>Every allowed step. What is not here is refused or, for a repeat, changes nothing.</summary>
    public static FrozenDictionary<(ConversationOwner From, ConversationAction Action), ConversationOwner> Steps { get; } =
        new Dictionary<(ConversationOwner, ConversationAction), ConversationOwner>
        {
            [(ConversationOwner.Bot, ConversationAction.RequestHuman)] = ConversationOwner.Queue,
            [(ConversationOwner.Bot, ConversationAction.Close)] = ConversationOwner.Closed,
            [(ConversationOwner.Queue, ConversationAction.Take)] = ConversationOwner.Agent,
            [(ConversationOwner.Queue, ConversationAction.Leave)] = ConversationOwner.Closed,
            [(ConversationOwner.Queue, ConversationAction.Close)] = ConversationOwner.Closed,
            [(ConversationOwner.Agent, ConversationAction.GiveBack)] = ConversationOwner.Queue,
            [(ConversationOwner.Agent, ConversationAction.Leave)] = ConversationOwner.Closed,
            [(ConversationOwner.Agent, ConversationAction.Close)] = ConversationOwner.Closed,
        }.ToFrozenDictionary();

    /// <summary>The owner after the action; null when it is refused or changes nothing in this state.</summary>
    public static ConversationOwner? After(ConversationOwner from, ConversationAction action) =>
        Steps.TryGetValue((from, action), out var to) ? to : null;

    /// <summary>Lets an agent take a conversation: null when that agent has it already.</summary>
    /// <exception cref="RuleBroken"><c>conversation.taken</c>, <c>conversation.not_waiting</c>.</exception>
    internal static ConversationOwner? Take(Conversation conversation, StaffId agent)
    {
        if (conversation.Owner == ConversationOwner.Agent)
            return conversation.Agent == agent ? null : throw new RuleBroken("conversation.taken", Texts.TakenByAnother);
        return After(conversation.Owner, ConversationAction.Take) ?? throw new RuleBroken("conversation.not_waiting", Texts.NotWaiting);
    }

    /// <summary>Only the agent who has a conversation writes in it and gives it back.</summary>
    /// <exception cref="RuleBroken"><c>conversation.not_yours</c>.</exception>
    internal static void MustHave(Conversation conversation, StaffId agent)
    {
        if (conversation.Owner != ConversationOwner.Agent || conversation.Agent != agent) throw new RuleBroken("conversation.not_yours", Texts.NotYours);
    }
}
