using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Which numbers customers were proven to hold.</summary>
public static class VerifiedPhones
{
    /// <summary>The customer's numbers, the latest proven first.</summary>
    public static Task<IReadOnlyList<VerifiedPhone>> Of(ISqlReader db, CustomerId customer, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Who holds these numbers; a number may have several holders.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="phoneHashes">Keyed hashes of the numbers.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<PhoneOwner>> OwnersOf(ISqlReader db, IReadOnlyCollection<string> phoneHashes, CancellationToken ct) => throw new NotSupportedException();
}
