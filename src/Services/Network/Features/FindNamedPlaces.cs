using Courier.Kernel.Data;
using Courier.Services.Addresses;

namespace Courier.Services.Network;

/// <summary>A place of ours that somebody has named.</summary>
public sealed record NamedPlace
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its full address.</summary>
    public required string Address { get; init; }
}

/// <summary>Lockers that work, and outlets that are open and hand parcels out, by what people call them.</summary>
public static class FindNamedPlaces
{
    private const int Most = 9;

    private const string Selected = "code as Code, name as Name, address as Address";

    private const string Lockers = $"select {Selected} from network_lockers where closed = 0";

    private const string Outlets = $"select {Selected} from network_outlets where closed = 0 and instr(concat('|', services, '|'), '|pickup|') > 0";

    /// <summary>Those with this code or exactly this name; none when no place of ours is called so, several when the name does not decide.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="kind">Lockers or outlets.</param>
    /// <param name="words">Code or name.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<NamedPlace>> Exactly(ISqlReader db, PlaceKind kind, string words, CancellationToken ct) =>
        db.Query<NamedPlace>($"{Of(kind)} and (code = @code or name = @words) order by code limit @Most", new { code = words.ToUpperInvariant(), words, Most }, ct);

    /// <summary>Those in an area whose name or address holds these words; nine at most.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="kind">Lockers or outlets.</param>
    /// <param name="area">A city or district.</param>
    /// <param name="words">Part of a name or address.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<IReadOnlyList<NamedPlace>> Within(ISqlReader db, PlaceKind kind, Division area, string words, CancellationToken ct) =>
        db.Query<NamedPlace>(
            $"{Of(kind)} and district_code >= @from and district_code < @until and (instr(name, @words) > 0 or instr(address, @words) > 0) order by code limit @Most",
            new { from = area.Code, until = area.Code + ":", words, Most }, ct);

    /// <summary>What the place with this code is called, closed or not; null when there is none.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="kind">Lockers or outlets.</param>
    /// <param name="code">Its code.</param>
    /// <param name="ct">Ends the query.</param>
    public static Task<string?> NameOf(ISqlReader db, PlaceKind kind, string code, CancellationToken ct) =>
        db.First<string>($"select name from {(kind is PlaceKind.Locker ? "network_lockers" : "network_outlets")} where code = @code", new { code }, ct);

    private static string Of(PlaceKind kind) => kind switch { PlaceKind.Locker => Lockers, PlaceKind.Outlet => Outlets };
}
