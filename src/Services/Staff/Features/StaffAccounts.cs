using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Reads accounts.</summary>
public static class StaffAccounts
{
    private const string Columns = "id, name, display_name as DisplayName, disabled, must_change_password as MustChangePassword, created_at as CreatedAt";

    private const string Page = $"select {Columns} from staff_accounts where name > @after order by name limit @limit";

    private const string ById = $"select {Columns} from staff_accounts where id = @id";

    private const string ByNames = $"select {Columns} from staff_accounts where name in @names";

    private const string Names = "select id, display_name as DisplayName from staff_accounts where id in @ids";

    private const string Roles = "select staff_id as StaffId, role from staff_roles where staff_id in @ids";

    /// <summary>One account; null when there is none.</summary>
    public static async Task<StaffMember?> Find(ISqlReader db, StaffId id, CancellationToken ct) =>
        await db.First<AccountRow>(ById, new { id }, ct).ConfigureAwait(false) is { } row
            ? (await WithRoles(db, [row], ct).ConfigureAwait(false))[0]
            : null;

    /// <summary>The accounts with these sign-in names; a name without an account is absent.</summary>
    public static async Task<IReadOnlyList<StaffMember>> Named(ISqlReader db, IReadOnlyCollection<string> names, CancellationToken ct) =>
        names.Count == 0 ? [] : await WithRoles(db, await db.Query<AccountRow>(ByNames, new { names }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);

    /// <summary>Accounts in the order of their names.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="after">Names behind this one: the next page.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Ends the command.</param>
    public static async Task<IReadOnlyList<StaffMember>> List(ISqlReader db, StaffName? after, int limit, CancellationToken ct) =>
        await WithRoles(db, await db.Query<AccountRow>(Page, new { after = after?.Text ?? "", limit }, ct).ConfigureAwait(false), ct).ConfigureAwait(false);

    /// <summary>The names that colleagues see; an id without an account is absent.</summary>
    public static async Task<IReadOnlyDictionary<StaffId, string>> DisplayNames(ISqlReader db, IReadOnlyCollection<StaffId> ids, CancellationToken ct) =>
        ids.Count == 0 ? new Dictionary<StaffId, string>()
            : (await db.Query<NameRow>(Names, new { ids = ids.Select(i => i.Text) }, ct).ConfigureAwait(false)).ToDictionary(r => r.Id, r => r.DisplayName);

    private static async Task<IReadOnlyList<StaffMember>> WithRoles(ISqlReader db, IReadOnlyList<AccountRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var roles = (await db.Query<RoleRow>(Roles, new { ids = rows.Select(r => r.Id.Text) }, ct).ConfigureAwait(false)).ToLookup(r => r.StaffId, r => r.Role);
        return [.. rows.Select(r => new StaffMember
        {
            Id = r.Id, Name = r.Name, DisplayName = r.DisplayName, Roles = [.. roles[r.Id].Order()],
            Disabled = r.Disabled != 0, MustChangePassword = r.MustChangePassword != 0, CreatedAt = r.CreatedAt,
        })];
    }

    private sealed record AccountRow
    {
        public required StaffId Id { get; init; }

        public required StaffName Name { get; init; }

        public required string DisplayName { get; init; }

        public required long Disabled { get; init; }

        public required long MustChangePassword { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record NameRow
    {
        public required StaffId Id { get; init; }

        public required string DisplayName { get; init; }
    }

    private sealed record RoleRow
    {
        public required StaffId StaffId { get; init; }

        public required StaffRole Role { get; init; }
    }
}
