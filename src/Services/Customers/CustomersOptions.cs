using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>Section <c>Customers</c>.</summary>
public sealed record CustomersOptions : ICheckedOptions
{
    /// <summary>For how many days a merge can be undone.</summary>
    public int UndoMergeDays { get; init; } = 30;

    /// <summary>
    /// A number joins two customers only when the other one proved it within so many days. Carriers give a number to somebody else 90 days
    /// after it was given up, at the earliest.
    /// </summary>
    public int MergeProofDays { get; init; } = 90;

    /// <summary>How many days nobody is asked again about an account of which they said that it is somebody else's.</summary>
    public int MergeRefusalDays { get; init; } = 365;

    /// <summary>How long the customer has for the answer “合并”.</summary>
    public TimeSpan MergeOffer { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how many days the closing of an account can be undone; the law wants it done within fifteen.</summary>
    public int ClosureDays { get; init; } = 7;

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (UndoMergeDays is < 1 or > 365) yield return "UndoMergeDays must lie between 1 and 365";
        if (MergeProofDays is < 1 or > 90) yield return "MergeProofDays must lie between 1 and 90";
        if (MergeRefusalDays is < 1 or > 3650) yield return "MergeRefusalDays must lie between 1 and 3650";
        if (ClosureDays is < 1 or > 14) yield return "ClosureDays must lie between 1 and 14";
        if (MergeOffer < TimeSpan.FromMinutes(1) || MergeOffer > TimeSpan.FromHours(1)) yield return "MergeOffer must lie between 00:01:00 and 01:00:00";
    }
}
