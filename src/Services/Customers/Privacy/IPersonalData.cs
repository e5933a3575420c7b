using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>
/// What a capability keeps about persons. Every capability whose tables hold a customer, an OpenID, a telephone number or words of a
/// customer registers one, so that privacy requests reach all of it; a test reads the schema and finds the one that forgot.
/// </summary>
public interface IPersonalData
{
    /// <summary>The capability, as it stands in an export: <c>conversations</c>.</summary>
    string Name { get; }

    /// <summary>The tables with personal data that this looks after.</summary>
    IReadOnlyCollection<string> Tables { get; }

    /// <summary>What is kept about the person, decrypted; null when it is nothing.</summary>
    Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct);

    /// <summary>
    /// Takes it away, in a transaction of its own; a repeat finds nothing left. Files are removed after the commit.
    /// </summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="subject">Whose data.</param>
    /// <param name="what">What of it.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>How many rows were deleted or emptied.</returns>
    Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct);

    /// <summary>
    /// Is something left, after an erasure of everything, that must not go yet, such as a contract that is being fulfilled? Then the erasure
    /// stays open and comes again, with nothing but the customers' ids: whoever is new by then under the same number is somebody else.
    /// </summary>
    /// <param name="db">Where to look.</param>
    /// <param name="subject">Whose data.</param>
    /// <param name="ct">Ends it.</param>
    Task<bool> IsLeft(ISqlReader db, PersonalSubject subject, CancellationToken ct) => Task.FromResult(false);
}

/// <summary>A kind of personal data that can be taken back by itself.</summary>
public enum PersonalDataKind
{
    /// <summary>Telephone numbers that WeChat named.</summary>
    Phone,

    /// <summary>Pictures and films.</summary>
    Picture,

    /// <summary>Voice messages.</summary>
    Voice,

    /// <summary>Places.</summary>
    Place,

    /// <summary>Files.</summary>
    File,
}

/// <summary>What is to be erased: everything, or some kinds only.</summary>
/// <param name="Kinds">The kinds; null for everything.</param>
public sealed record ErasureScope(IReadOnlyCollection<PersonalDataKind>? Kinds)
{
    /// <summary>The whole person.</summary>
    public static ErasureScope Everything { get; } = new((IReadOnlyCollection<PersonalDataKind>?)null);

    /// <summary>Is it the whole person?</summary>
    public bool IsEverything => Kinds is null;

    /// <summary>Is this kind among it?</summary>
    public bool Includes(PersonalDataKind kind) => Kinds is null || Kinds.Contains(kind);

    /// <summary><c>everything</c>, or the kinds with commas; empty when nothing that we keep is meant.</summary>
    public override string ToString() => Kinds is null ? "everything" : string.Join(',', Kinds.Distinct().Order().Select(EnumText<PersonalDataKind>.Of));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    internal static ErasureScope Parse(string text) => text == "everything"
        ? Everything
        : new([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(EnumText<PersonalDataKind>.Parse)]);
}

/// <summary>A person as one of our WeChat accounts knows them.</summary>
/// <param name="AppId">The account.</param>
/// <param name="OpenId">The person's id there.</param>
public sealed record WechatName(string AppId, string OpenId);

/// <summary>Under which names a person's data can lie.</summary>
/// <param name="Customers">Ids of the customer and of all that were merged into it; may be empty for somebody who only ever followed.</param>
/// <param name="Wechat">Names at WeChat.</param>
/// <param name="UnionIds">Names over all accounts.</param>
/// <param name="PhoneHashes">Keyed hashes of the proven numbers.</param>
public sealed record PersonalSubject(
    IReadOnlyList<CustomerId> Customers, IReadOnlyList<WechatName> Wechat, IReadOnlyList<string> UnionIds, IReadOnlyList<string> PhoneHashes)
{
    /// <summary>The ids as list parameter of a query; never empty.</summary>
    public IReadOnlyList<string> CustomerList() => OrNobody(Customers.Select(c => c.Text));

    /// <summary>The customers' ids alone: no other person ever gets them.</summary>
    public PersonalSubject IdsOnly() => this with { Wechat = [], UnionIds = [], PhoneHashes = [] };

    /// <summary>The OpenIDs as list parameter of a query; never empty.</summary>
    public IReadOnlyList<string> OpenIdList() => OrNobody(Wechat.Select(w => w.OpenId));

    /// <summary>The accounts as list parameter of a query; never empty.</summary>
    public IReadOnlyList<string> AppIdList() => OrNobody(Wechat.Select(w => w.AppId));

    /// <summary>The hashes as list parameter of a query; never empty.</summary>
    public IReadOnlyList<string> PhoneHashList() => OrNobody(PhoneHashes);

    // An empty list is no valid SQL everywhere; nobody has this name.
    private static List<string> OrNobody(IEnumerable<string> names) => names.Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } some ? some : ["-"];
}
