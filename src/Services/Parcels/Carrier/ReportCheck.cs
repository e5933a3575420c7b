using System.Globalization;
using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Parcels;

/// <summary>Reads unchecked reports; what is wrong with one is told by code and message.</summary>
internal static class ReportCheck
{
    private const int IdLength = 64, CityLength = 40, PlaceLength = 100, TextLength = 500, OperatorLength = 64, ReasonLength = 200, NameLength = 100, DetailLength = 300;
    private const long HeaviestGrams = 100_000_000;

    // No parcel is older, and a clock that runs ahead by more than a day is wrong.
    private static readonly DateTimeOffset Oldest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A report from further ahead counts as of now: left as it is, it would make everything that really happens until then look late.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with a report.</summary>
    internal sealed record Fault(string Code, string Message);

    public static Fault? Read(RouteReport? report, int index, DateTimeOffset now, out RouteEvent? route)
    {
        route = null;
        if (report is null) return new("event.malformed", Texts.Malformed);
        if (report.Id is not { Length: >= 1 and <= IdLength } id || id.Any(char.IsControl)) return new("event.id_invalid", Texts.EventId);
        if (!WaybillNumber.TryParse(report.Waybill, null, out var waybill)) return new("waybill.invalid", Texts.WaybillInvalid);
        if (!CarrierCodes.TryRead(report.Code, out var meaning)) return new("event.code_unknown", Texts.EventCode);
        if (!TryTime(report.Time, out var at) || at < Oldest || at > now + TimeSpan.FromDays(1)) return new("event.time_invalid", Texts.EventTime);
        if (TooLong(report.City, CityLength)) return TooLongFault("city", CityLength);
        if (TooLong(report.Place, PlaceLength)) return TooLongFault("place", PlaceLength);
        if (TooLong(report.Operator, OperatorLength)) return TooLongFault("operator", OperatorLength);
        if (WrongWeight(report.WeightGrams)) return new("weight.invalid", Texts.Weight);
        if (at > now + ClockDifference) at = now;
        route = new RouteEvent(id, waybill, report.Code, meaning, at, Clean(report.City), Clean(report.Place), Cut(Clean(report.Text), TextLength),
            Clean(report.Operator), Cut(Clean(report.Reason), ReasonLength), report.WeightGrams) { Index = index };
        return null;
    }

    public static Fault? Read(WaybillReport? report, out NewWaybill? waybill)
    {
        waybill = null;
        if (report is null) return new("waybill.malformed", Texts.Malformed);
        if (!WaybillNumber.TryParse(report.Waybill, null, out var number)) return new("waybill.invalid", Texts.WaybillInvalid);
        if (TooLong(report.Product, CityLength)) return TooLongFault("product", CityLength);
        if (Read(report.Sender, "sender", out var sender) is { } senderFault) return senderFault;
        if (Read(report.Recipient, "recipient", out var recipient) is { } recipientFault) return recipientFault;
        if (WrongWeight(report.WeightGrams)) return new("weight.invalid", Texts.Weight);
        DateTimeOffset? promisedBy = null;
        if (!string.IsNullOrEmpty(report.PromisedBy))
        {
            if (!TryTime(report.PromisedBy, out var promised)) return new("waybill.promise_invalid", Texts.PromisedBy);
            promisedBy = promised;
        }
        waybill = new NewWaybill(number, Clean(report.Product) is { Length: > 0 } product ? product : "standard", sender!, recipient!, report.WeightGrams, promisedBy);
        return null;
    }

    public static Fault? Read(DeliveryQuestion? question, out WaybillNumber waybill, out ParcelSize? size)
    {
        (waybill, size) = (default, null);
        if (question is null) return new("delivery.malformed", Texts.Malformed);
        if (!WaybillNumber.TryParse(question.Waybill, null, out waybill)) return new("waybill.invalid", Texts.WaybillInvalid);
        return TrySize(question.Size, out size) ? null : new("size.invalid", Texts.SizeWrong);
    }

    public static Fault? Read(DepositReport? report, string core, out WaybillNumber waybill, out Deposit? deposit)
    {
        (waybill, deposit) = (default, null);
        if (report is null) return new("deposit.malformed", Texts.Malformed);
        if (report.Id is not { Length: >= 1 and <= IdLength } id || id.Any(c => char.IsControl(c) || char.IsSurrogate(c))) return new("deposit.id_invalid", Texts.EventId);
        if (!WaybillNumber.TryParse(report.Waybill, null, out waybill)) return new("waybill.invalid", Texts.WaybillInvalid);
        if (!EnumText<ConsentKind>.TryParse(report.Way, out var way)) return new("deposit.way_unknown", Texts.WayWrong);
        if (!TrySize(report.Size, out var size)) return new("size.invalid", Texts.SizeWrong);
        if (TooLong(report.Place, PlaceLength)) return TooLongFault("place", PlaceLength);
        if (Clean(report.By) is not { Length: >= 1 and <= OperatorLength } by) return new("deposit.by_invalid", Texts.DepositBy);
        deposit = new Deposit(way, waybill.Text, "", by) { Size = size, Place = Clean(report.Place), Attempt = $"{core}/{id}" };
        return null;
    }

    private static bool TrySize(string? text, out ParcelSize? size)
    {
        size = EnumText<ParcelSize>.TryParse(text?.ToLowerInvariant(), out var known) ? known : null;
        return size is not null || string.IsNullOrEmpty(text);
    }

    private static Fault? Read(PartyReport? report, string side, out Party? party)
    {
        party = null;
        var who = Texts.Side(side);
        if (report is null) return new($"{side}.missing", Texts.PartyMissing(who));
        if (Clean(report.Name) is not { Length: >= 1 and <= NameLength } name) return new($"{side}.name_invalid", Texts.PartyName(who));
        if (name.Contains('*', StringComparison.Ordinal) || report.Phone?.Contains('*', StringComparison.Ordinal) == true || report.Detail?.Contains("**", StringComparison.Ordinal) == true)
            return new($"{side}.masked", Texts.PartyMasked(who));
        if (!Phone.TryParse(report.Phone, out var phone)) return new($"{side}.phone_invalid", Texts.PartyPhone(who));
        var extension = Clean(report.Extension);
        if (!PartyPhone.IsExtension(extension)) return new($"{side}.extension_invalid", Texts.PartyExtension(who));
        if (TooLong(report.Province, CityLength) || TooLong(report.City, CityLength) || TooLong(report.District, CityLength) || TooLong(report.Detail, DetailLength))
            return new($"{side}.address_invalid", Texts.PartyAddress(who));
        party = new Party(name, phone, Clean(report.Province), Clean(report.City), Clean(report.District), Clean(report.Detail), extension.Length == 0 ? null : extension);
        return null;
    }

    // RFC 3339: an offset is required, or nobody knows which moment is meant.
    private static bool TryTime(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is { Length: >= 20 and <= 40 } && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static bool WrongWeight(long? grams) => grams is < 0 or > HeaviestGrams;

    private static bool TooLong(string? text, int most) => Clean(text).Length > most;

    private static Fault TooLongFault(string field, int most) => new($"{field}.too_long", Texts.TooLong(field, most));

    /// <summary>Without control characters (a line break becomes a space) and without halves of surrogate pairs, which no database takes.</summary>
    private static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) continue;
            if (Rune.IsControl(rune)) clean.Append(' ');
            else clean.Append(rune.ToString());
        }
        return clean.ToString().Trim();
    }

    // People's words are kept as far as they fit rather than refused.
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
}

/// <summary>A checked waybill of a core.</summary>
internal sealed record NewWaybill(WaybillNumber Number, string Product, Party Sender, Party Recipient, long? WeightGrams, DateTimeOffset? PromisedBy);

/// <summary>A side of a waybill, in clear.</summary>
internal sealed record Party(string Name, Phone Phone, string Province, string City, string District, string Detail, string? Extension = null)
{
    /// <summary>Number and extension as they lie encrypted.</summary>
    public string Dialled => new PartyPhone(Phone, Extension).Text;
}
