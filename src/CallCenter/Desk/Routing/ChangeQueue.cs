using System.Text.RegularExpressions;
using Courier.CallCenter.Agents;
using Courier.Http;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Staff;

namespace Courier.CallCenter.Routing;

/// <summary>A queue as supervisors write it: seconds as numbers, hours as text.</summary>
internal sealed record QueueBody(
    string? Name, IReadOnlyList<SkillNeed>? Skills, IReadOnlyList<TierBody>? Tiers, int? FairnessSeconds, int? RelaxSeconds, int? LevelSeconds, int? LevelShare, int? WrapUpSeconds,
    int? RingSeconds, string? Greeting, int? MaxWaitSeconds, int? MaxLength, string? Hours, int? OverflowSeconds, string? OverflowTo, bool? HasCallBack, int? OfferSeconds,
    int? AnnounceSeconds, bool? IsClosed, long? Version, string? Reason);

/// <summary>What a tier gets, as supervisors write it.</summary>
internal sealed record TierBody(string? Tier, int? HeadStartSeconds, int? LevelSeconds);

/// <summary>Changes queues and skills; what is saved counts from the next call on.</summary>
internal static partial class ChangeQueue
{
    private const int MostParts = 20;

    /// <summary>Writes a queue, with its line in the audit trail.</summary>
    /// <param name="db">Where.</param>
    /// <param name="clock">When.</param>
    /// <param name="book">Has it at once.</param>
    /// <param name="code">Code of the queue; a new one makes a queue.</param>
    /// <param name="body">How it is to be.</param>
    /// <param name="who">Who.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="BadInput">Something is wrong; names the field.</exception>
    /// <exception cref="RuleBroken"><c>queue.changed_meanwhile</c>.</exception>
    public static async Task<CallQueue> Execute(Db db, TimeProvider clock, QueueBook book, string code, QueueBody body, StaffId who, CancellationToken ct)
    {
        var draft = Read(code, body);
        var reason = new ReasonBody(body.Reason).Checked();
        var saved = await db.InTransaction(async tx =>
        {
            var before = await QueueStore.Find(tx, code, ct).ConfigureAwait(false);
            if ((before?.Version ?? 0) != (body.Version ?? 0)) throw new RuleBroken("queue.changed_meanwhile", Texts.ChangedMeanwhile);
            await CheckOverflow(tx, draft, ct).ConfigureAwait(false);
            var after = draft with { Version = (before?.Version ?? 0) + 1 };
            await QueueStore.Save(tx, after, clock.GetUtcNow(), ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, who, "queue.saved", "queue:" + code, reason, ct).ConfigureAwait(false);
            return after;
        }, ct).ConfigureAwait(false);
        book.Take(await QueueStore.All(db, ct).ConfigureAwait(false));
        return saved;
    }

    /// <summary>Writes what an agent can do, with its line in the audit trail.</summary>
    /// <returns>False when there is no such agent.</returns>
    /// <exception cref="BadInput">A skill is wrong.</exception>
    public static Task<bool> Skills(Db db, TimeProvider clock, StaffId agent, IReadOnlyList<SkillNeed>? skills, string? reason, StaffId who, CancellationToken ct)
    {
        CheckSkills(skills ?? []);
        return db.InTransaction(async tx =>
        {
            if (await StaffAccounts.Find(tx, agent, ct).ConfigureAwait(false) is not { } member || !member.Roles.Contains(StaffRole.Agent)) return false;
            await tx.Execute("delete from calls_agent_skills where staff_id = @agent", new { agent }, ct).ConfigureAwait(false);
            if (skills is { Count: > 0 }) await tx.InsertRows("calls_agent_skills", ["staff_id", "skill", "level"], skills.Select(s => new object?[] { agent, s.Skill, s.Level }), ct: ct).ConfigureAwait(false);
            await Audit.Record(tx, clock, who, "agent.skills_changed", "staff:" + agent.Text, reason, ct).ConfigureAwait(false);
            return true;
        }, ct);
    }

    [GeneratedRegex("^[a-z0-9_-]{1,40}$")]
    private static partial Regex Code();

    private static CallQueue Read(string code, QueueBody b)
    {
        if (!Code().IsMatch(code)) throw new BadInput("code", Texts.CodeWrong);
        var name = b.Name?.Trim() is { Length: >= 1 and <= 60 } given ? given : throw new BadInput("name", Texts.NameWrong);
        if (b.Greeting is { Length: > 500 }) throw new BadInput("greeting", Texts.GreetingTooLong);
        if (!DailyHours.TryParse(b.Hours, out var hours) || b.Hours is { Length: > 200 }) throw new BadInput("hours", Texts.HoursWrong);
        CheckSkills(b.Skills ?? []);
        var basis = new CallQueue { Code = code, Name = name };
        return basis with
        {
            Skills = b.Skills ?? [], Tiers = Tiers(b.Tiers ?? []), Greeting = b.Greeting?.Trim() ?? "", Hours = hours.IsEmpty ? null : hours, OverflowTo = b.OverflowTo?.Trim() ?? "",
            FairnessCap = Seconds(b.FairnessSeconds, "fairnessSeconds", 0, 3600, basis.FairnessCap), RelaxAfter = Seconds(b.RelaxSeconds, "relaxSeconds", 0, 3600, basis.RelaxAfter),
            LevelSeconds = Number(b.LevelSeconds, "levelSeconds", 1, 3600, basis.LevelSeconds), LevelShare = Number(b.LevelShare, "levelShare", 1, 100, basis.LevelShare),
            WrapUp = Seconds(b.WrapUpSeconds, "wrapUpSeconds", 0, 1800, basis.WrapUp), Ring = Seconds(b.RingSeconds, "ringSeconds", 5, 120, basis.Ring),
            MaxWait = Seconds(b.MaxWaitSeconds, "maxWaitSeconds", 0, 7200, basis.MaxWait), MaxLength = Number(b.MaxLength, "maxLength", 1, 10_000, basis.MaxLength),
            OverflowAfter = Seconds(b.OverflowSeconds, "overflowSeconds", 0, 3600, basis.OverflowAfter), HasCallBack = b.HasCallBack ?? basis.HasCallBack,
            OfferAfter = Seconds(b.OfferSeconds, "offerSeconds", 0, 3600, basis.OfferAfter), AnnounceEvery = Seconds(b.AnnounceSeconds, "announceSeconds", 15, 300, basis.AnnounceEvery),
            IsClosed = b.IsClosed ?? false,
        };
    }

    private static TimeSpan Seconds(int? given, string field, int from, int to, TimeSpan otherwise) => TimeSpan.FromSeconds(Number(given, field, from, to, (int)otherwise.TotalSeconds));

    private static int Number(int? given, string field, int from, int to, int otherwise) =>
        (given ?? otherwise) is var number && number >= from && number <= to ? number : throw new BadInput(field, Texts.Range(from, to));

    private static List<TierService> Tiers(IReadOnlyList<TierBody> tiers)
    {
        if (tiers.Count > MostParts || tiers.Select(t => t.Tier).Distinct(StringComparer.Ordinal).Count() < tiers.Count) throw new BadInput("tiers", Texts.TiersWrong);
        if (tiers.Any(t => t.Tier is null || !Code().IsMatch(t.Tier) || t.HeadStartSeconds is < 0 or > 3600 || t.LevelSeconds is < 1 or > 3600)) throw new BadInput("tiers", Texts.TiersWrong);
        return [.. tiers.Select(t => new TierService(t.Tier!, TimeSpan.FromSeconds(t.HeadStartSeconds ?? 0), t.LevelSeconds ?? 20))];
    }

    private static void CheckSkills(IReadOnlyList<SkillNeed> skills)
    {
        if (skills.Count > MostParts || skills.Select(s => s.Skill).Distinct(StringComparer.Ordinal).Count() < skills.Count
            || skills.Any(s => s.Skill is null || !Code().IsMatch(s.Skill) || s.Level is < 1 or > 10)) throw new BadInput("skills", Texts.SkillsWrong);
    }

    private static async Task CheckOverflow(Tx tx, CallQueue draft, CancellationToken ct)
    {
        if (draft.OverflowTo.Length == 0) return;
        if (draft.OverflowTo == draft.Code || await QueueStore.Find(tx, draft.OverflowTo, ct).ConfigureAwait(false) is null) throw new BadInput("overflowTo", Texts.OverflowWrong);
    }
}
