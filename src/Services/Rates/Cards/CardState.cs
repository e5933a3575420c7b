using Courier.Kernel;

namespace Courier.Services.Rates;

/// <summary>How far a rate card is. Its files never change; what is wrong is imported anew.</summary>
public enum CardState
{
    /// <summary>Imported.</summary>
    Draft,

    /// <summary>Somebody has looked through its differences from the live card.</summary>
    Checked,

    /// <summary>It was tried on past orders.</summary>
    Replayed,

    /// <summary>It was put in force from some time on.</summary>
    Published,

    /// <summary>It is given up.</summary>
    Discarded,
}

/// <summary>What is done with a card.</summary>
public enum CardAction
{
    /// <summary>Confirm its differences from the live card.</summary>
    Check,

    /// <summary>Try it on past orders.</summary>
    Replay,

    /// <summary>Put it in force.</summary>
    Publish,

    /// <summary>Put it in force once more.</summary>
    Restore,

    /// <summary>Give it up.</summary>
    Discard,
}

/// <summary>Which action is allowed when, and where it leads: the one table.</summary>
public static class CardMachine
{
    /// <summary>The differences have to be confirmed first.</summary>
    public const string NotChecked = "rates.not_checked";

    /// <summary>It has to be tried on past orders first.</summary>
    public const string NotReplayed = "rates.not_replayed";

    /// <summary>It was published already and stays as it is.</summary>
    public const string AlreadyPublished = "rates.already_published";

    /// <summary>It was given up.</summary>
    public const string Discarded = "rates.discarded";

    /// <summary>Only what was published once can be restored.</summary>
    public const string NeverPublished = "rates.never_published";

    /// <summary>The state after an action.</summary>
    /// <exception cref="RuleBroken">The action is not allowed in this state.</exception>
    public static CardState After(CardState state, CardAction action) => (state, action) switch
    {
        (CardState.Published, CardAction.Restore) => CardState.Published,
        (CardState.Published, _) => throw new RuleBroken(AlreadyPublished, Texts.CardInUse),
        (CardState.Discarded, _) => throw new RuleBroken(Discarded, Texts.CardDiscarded),
        (_, CardAction.Restore) => throw new RuleBroken(NeverPublished, Texts.CardNotPublished),
        (_, CardAction.Discard) => CardState.Discarded,
        (CardState.Draft, CardAction.Check) => CardState.Checked,
        (CardState.Draft, _) => throw new RuleBroken(NotChecked, Texts.CardNotChecked),
        (CardState.Checked, CardAction.Check) => CardState.Checked,
        (CardState.Checked or CardState.Replayed, CardAction.Replay) => CardState.Replayed,
        (CardState.Checked, CardAction.Publish) => throw new RuleBroken(NotReplayed, Texts.CardNotReplayed),
        (CardState.Replayed, CardAction.Check) => CardState.Replayed,
        (CardState.Replayed, CardAction.Publish) => CardState.Published,
        _ => throw new InvalidOperationException($"no rule for {action} of a card that is {state}"),
    };
}
