using Courier.Kernel.Data;

namespace Courier.Services.Network;

/// <summary>Outlets as operators look them up, by code, name or address.</summary>
public static class ListOutlets
{
    /// <summary>An <see cref="Outlet"/> as it is selected.</summary>
    internal const string Columns =
        """
        code, name, district_code as DistrictCode, address, lat as Latitude, lng as Longitude, opening_hours as Hours, phone, services, closed as IsClosed,
          max_weight_g as MaxWeightGrams, max_length_mm as MaxLengthMm, max_sides_mm as MaxSidesMm, free_hours as FreeHours
        """;

    // instr and not like: the words are taken as they are written.
    private const string Sql =
        $"""
        select {Columns} from network_outlets
        where code > @after and (@text = '' or instr(code, @text) > 0 or instr(name, @text) > 0 or instr(address, @text) > 0) and (@closed = 0 or closed = 1)
        order by code
        limit @limit
        """;

    private const string One = $"select {Columns} from network_outlets where code = @code";

    /// <summary>By code, upwards.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="text">Part of code, name or address; empty for all.</param>
    /// <param name="onlyClosed">Only those that are closed.</param>
    /// <param name="after">Only codes behind this one; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<IReadOnlyList<Outlet>> Execute(ISqlReader db, string text, bool onlyClosed, string? after, int limit, CancellationToken ct) =>
        db.Query<Outlet>(Sql, new { text = text.Trim(), closed = onlyClosed ? 1 : 0, after = after ?? "", limit = Math.Clamp(limit, 1, 100) }, ct);

    /// <summary>One of them; null when there is none.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="code">Its code.</param>
    /// <param name="ct">Ends it.</param>
    public static Task<Outlet?> Find(ISqlReader db, string code, CancellationToken ct) => db.First<Outlet>(One, new { code }, ct);
}
