namespace Courier.Services.Parcels;

/// <summary>A route event as a core reports it, unchecked: what is missing or wrong is rejected by itself and spoils nothing else.</summary>
public sealed record RouteReport
{
    /// <summary>The core's id of the event, 1 to 64 characters; the same id again is a repetition.</summary>
    public string? Id { get; init; }

    /// <summary>The parcel's number.</summary>
    public string? Waybill { get; init; }

    /// <summary>A word of our vocabulary, <c>kuaidi100:NNN</c> or <c>wechat:NNNNNN</c>.</summary>
    public string? Code { get; init; }

    /// <summary>When it happened, RFC 3339 with offset.</summary>
    public string? Time { get; init; }

    /// <summary>Where, such as 杭州市.</summary>
    public string? City { get; init; }

    /// <summary>Outlet, hub or locker.</summary>
    public string? Place { get; init; }

    /// <summary>What people read.</summary>
    public string? Text { get; init; }

    /// <summary>Who did it.</summary>
    public string? Operator { get; init; }

    /// <summary>Why, for failures.</summary>
    public string? Reason { get; init; }

    /// <summary>Weight as measured, in grams.</summary>
    public long? WeightGrams { get; init; }
}

/// <summary>A waybill as a core registers it, unchecked.</summary>
public sealed record WaybillReport
{
    /// <summary>The number, in whatever form the core makes them.</summary>
    public string? Waybill { get; init; }

    /// <summary>Product code; empty means <c>standard</c>.</summary>
    public string? Product { get; init; }

    /// <summary>Who sends it.</summary>
    public PartyReport? Sender { get; init; }

    /// <summary>Who is to get it.</summary>
    public PartyReport? Recipient { get; init; }

    /// <summary>Weight in grams.</summary>
    public long? WeightGrams { get; init; }

    /// <summary>Until when delivery is promised, RFC 3339 with offset.</summary>
    public string? PromisedBy { get; init; }
}

/// <summary>A side of a waybill as a core registers it.</summary>
public sealed record PartyReport
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Digits to dial after the number has answered (virtual numbers, offices), at most 8; empty for none.</summary>
    public string? Extension { get; init; }

    /// <summary>浙江省.</summary>
    public string? Province { get; init; }

    /// <summary>杭州市.</summary>
    public string? City { get; init; }

    /// <summary>西湖区.</summary>
    public string? District { get; init; }

    /// <summary>Street and door.</summary>
    public string? Detail { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Taken now.</param>
/// <param name="Duplicates">Taken before.</param>
/// <param name="Rejected">Not taken; sending them again unchanged does not help.</param>
public sealed record BatchResult(int Accepted, int Duplicates, IReadOnlyList<BatchRejection> Rejected);

/// <summary>One entry that was not taken.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Code">Stable code such as <c>waybill.unknown</c>.</param>
/// <param name="Message">What is wrong, in Chinese.</param>
public sealed record BatchRejection(int Index, string Code, string Message);
