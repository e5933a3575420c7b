using Courier.CallCenter.Voice;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Calendars;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Knowledge;

namespace Courier.CallCenter.Ivr;

/// <summary>Who calls: the one customer who has proven the number. A number that several have proven is nobody's.</summary>
internal sealed class KnowCaller(Db db, DataKeys keys) : Deed("caller", NodeType.Branch, "来电人是谁",
    [new("known", "认识（号码已验证）"), new("unknown", "不认识")], new NamedThing("tier_name", "客户等级"))
{
    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        if (call.Facts.CallerPhone is not { } phone) return "unknown";
        var owners = await VerifiedPhones.OwnersOf(db, [keys.Hash(phone)], ct).ConfigureAwait(false);
        if (owners.Select(o => o.Customer).Distinct().ToList() is not [var customer]) return "unknown";
        call.Customer = customer;
        call.Tier = await CustomerTiers.Of(db, customer, ct).ConfigureAwait(false);
        call.Keep("tier_name", call.Tier.Name);
        return "known";
    }
}

/// <summary>Which tier the caller has; its code is the outcome.</summary>
internal sealed class AskTier() : Deed("tier", NodeType.Branch, "客户等级（结果是等级代码）", [])
{
    public override Task<string> Do(FlowCall call, CancellationToken ct) => Task.FromResult(call.Tier.Code);
}

/// <summary>Do people answer at this hour?</summary>
internal sealed class AskHours(CalendarsOptions calendars, TimeProvider clock) : Deed("hours", NodeType.Branch, "人工服务时间",
    [new("open", "服务时间内"), new("closed", "服务时间外")], new("hours", "人工服务时间"), new("next_opening", "下次人工服务的时间"))
{
    public override Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var state = ServiceHours.At(calendars, now);
        call.Keep("hours", Spoken.Text(calendars.Hours.Replace("-", "到", StringComparison.Ordinal)));
        call.Keep("next_opening", Spoken.When(state.NextOpening, now));
        return Task.FromResult(state.OpenNow ? "open" : "closed");
    }
}

/// <summary>Is there an incident that concerns the caller's parcels, or the whole country?</summary>
internal sealed class AskIncidents(Db db, DataKeys keys, IncidentBoard board, Divisions divisions) : Deed("incident", NodeType.Branch, "有没有影响来电人的公告",
    [new("some", "有"), new("none", "没有")], new NamedThing("incident", "公告"))
{
    private const int Most = 2;

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var shown = (await board.Now(db, ct).ConfigureAwait(false)).All;
        if (shown.Count == 0) return "none";
        var mine = call.Customer is { } customer ? await ParcelIncidents.OfCustomer(db, keys, board, divisions, customer, ct).ConfigureAwait(false) : [];
        var told = mine.Concat(shown.Where(i => i.Touches(""))).DistinctBy(i => i.Id).Take(Most).ToList();
        call.Keep("incident", string.Concat(told.Select(ParcelSpeech.Of)));
        return told.Count > 0 ? "some" : "none";
    }
}

/// <summary>Was the caller in touch with people lately?</summary>
internal sealed class AskLastContact(Db db, TimeProvider clock) : Deed("last_contact", NodeType.Branch, "三天内是否找过人工",
    [new("open", "有一个没办完"), new("recent", "办完了"), new("none", "没有")], new("last_contact", "上次联系的时间"), new("last_number", "上次的受理编号"))
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(3);

    public override async Task<string> Do(FlowCall call, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (call.Customer is not { } customer || await LastContact.Of(db, customer, ct).ConfigureAwait(false) is not { } last || now - last.At > Recent) return "none";
        call.Keep("last_contact", Spoken.When(last.At, now));
        call.Keep("last_number", Spoken.Digits(last.Number));
        return last.IsOpen ? "open" : "recent";
    }
}
