using Courier.Kernel;

namespace Courier.Services.Knowledge;

/// <summary>What an incident is about.</summary>
public enum IncidentKind
{
    /// <summary>Typhoon, snow, heavy rain.</summary>
    Weather,

    /// <summary>Closed roads, flights called off.</summary>
    Traffic,

    /// <summary>A hub or outlet that is full or stands still.</summary>
    Hub,

    /// <summary>Customs and border controls.</summary>
    Customs,

    /// <summary>Holidays with another service than usual.</summary>
    Holiday,

    /// <summary>Our own systems.</summary>
    System,
}

/// <summary>How bad it is; the worse is shown first.</summary>
public enum IncidentSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Parcels are late.</summary>
    Warning,

    /// <summary>Parcels stand still.</summary>
    Severe,
}

/// <summary>Where an incident stands.</summary>
public enum IncidentState
{
    /// <summary>Being written; nobody but staff sees it.</summary>
    Draft,

    /// <summary>Shown between its beginning and its end.</summary>
    Active,

    /// <summary>Over. Final.</summary>
    Ended,
}

/// <summary>How far telling the affected customers has come.</summary>
public enum IncidentTelling
{
    /// <summary>Nobody asked for it.</summary>
    No,

    /// <summary>Parcels are being looked through.</summary>
    UnderWay,

    /// <summary>All open parcels were looked at.</summary>
    Done,
}

/// <summary>An incident that customers are told of (公告).</summary>
public sealed record Incident
{
    /// <summary>Code of the whole country among <see cref="Regions"/>.</summary>
    public const string WholeCountry = "cn";

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>A few words: 台风红色预警.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence for customers.</summary>
    public required string Text { get; init; }

    /// <summary>What it is about.</summary>
    public required IncidentKind Kind { get; init; }

    /// <summary>How bad it is.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>Codes of provinces (2 digits), cities (4) and districts (6), or <see cref="WholeCountry"/>.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>From when on it is shown.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Until when it is shown; null until somebody ends it.</summary>
    public required DateTimeOffset? EndsAt { get; init; }

    /// <summary>Where it stands.</summary>
    public required IncidentState State { get; init; }

    /// <summary>Grows with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The one line that customers read.</summary>
    public string Line => IncidentText.Line(Title, Text);

    /// <summary>Is it shown at this moment?</summary>
    public bool IsShown(DateTimeOffset now) => State == IncidentState.Active && StartsAt <= now && (EndsAt is not { } end || now < end);

    /// <summary>Does it concern a place?</summary>
    /// <param name="divisionCode">Code of the place; of one that is known only roughly (a city), an incident in a part of it (a district) is not held to concern it.</param>
    public bool Touches(string divisionCode) =>
        Regions.Any(region => region == WholeCountry || (divisionCode.Length > 0 && divisionCode.StartsWith(region, StringComparison.Ordinal)));
}

/// <summary>What somebody wants to do with an incident.</summary>
public enum IncidentAction
{
    /// <summary>Write it anew.</summary>
    Change,

    /// <summary>Show it to customers.</summary>
    Publish,

    /// <summary>Send it to the customers whose parcels are affected.</summary>
    Tell,

    /// <summary>End it; a draft is dropped.</summary>
    End,
}

/// <summary>Which action is possible in which state, and where it leads. One table.</summary>
public static class IncidentMachine
{
    /// <summary>It is over.</summary>
    public const string Ended = "incident.ended";

    /// <summary>It is shown already.</summary>
    public const string AlreadyActive = "incident.already_active";

    /// <summary>It is not shown yet.</summary>
    public const string NotActive = "incident.not_active";

    /// <summary>The state after an action.</summary>
    /// <exception cref="RuleBroken"><see cref="Ended"/>, <see cref="AlreadyActive"/>, <see cref="NotActive"/>.</exception>
    public static IncidentState After(IncidentState state, IncidentAction action) => (state, action) switch
    {
        (IncidentState.Draft, IncidentAction.Change) => IncidentState.Draft,
        (IncidentState.Draft, IncidentAction.Publish) => IncidentState.Active,
        (IncidentState.Draft, IncidentAction.Tell) => throw new RuleBroken(NotActive, Texts.IncidentNotActive),
        (IncidentState.Draft, IncidentAction.End) => IncidentState.Ended,
        (IncidentState.Active, IncidentAction.Change) => IncidentState.Active,
        (IncidentState.Active, IncidentAction.Publish) => throw new RuleBroken(AlreadyActive, Texts.IncidentAlreadyActive),
        (IncidentState.Active, IncidentAction.Tell) => IncidentState.Active,
        (IncidentState.Active, IncidentAction.End) => IncidentState.Ended,
        (IncidentState.Ended, _) => throw new RuleBroken(Ended, Texts.IncidentEnded),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };
}
