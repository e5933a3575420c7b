using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Makes an account. Its password was chosen by somebody else, so it must be changed before anything can be done with it.</summary>
public static class CreateStaff
{
    /// <summary>The name is in use.</summary>
    public const string NameTaken = "staff.name_taken";

    /// <summary>No role was given.</summary>
    public const string NoRoles = "staff.no_roles";

    /// <summary>The display name is empty or longer than 40 characters.</summary>
    public const string DisplayNameLength = "staff.display_name_length";

    private const string Insert =
        """
        insert into staff_accounts (id, name, display_name, password_hash, must_change_password, disabled, created_at)
        values (@id, @Name, @DisplayName, @hash, @must, 0, @now)
        """;

    /// <summary>The account to make.</summary>
    /// <param name="Name">What is typed to sign in.</param>
    /// <param name="DisplayName">The name that colleagues see.</param>
    /// <param name="Roles">At least one.</param>
    /// <param name="Password">The first password.</param>
    public sealed record Request(StaffName Name, string DisplayName, IReadOnlyCollection<StaffRole> Roles, string Password)
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => $"CreateStaff {Name}";
    }

    /// <summary>Makes the account.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="RuleBroken"><see cref="NameTaken"/>, <see cref="NoRoles"/>, <see cref="DisplayNameLength"/>, <see cref="PasswordRule.Weak"/>.</exception>
    public static Task<StaffId> Execute(Db db, TimeProvider clock, StaffId who, Request request, CancellationToken ct)
    {
        PasswordRule.Check(request.Password, request.Name);
        if (request.DisplayName.Trim().Length is < 1 or > 40) throw new RuleBroken(DisplayNameLength, Texts.DisplayNameLength);
        if (request.Roles.Count == 0) throw new RuleBroken(NoRoles, Texts.NoRoles);
        var hash = PasswordHash.Of(request.Password);
        return db.InTransaction(async tx =>
            await Add(tx, clock, who, request, hash, mustChange: true, ct).ConfigureAwait(false)
            ?? throw new RuleBroken(NameTaken, Texts.NameTaken), ct);
    }

    /// <summary>Adds the account; null when the name is taken.</summary>
    internal static async Task<StaffId?> Add(Tx tx, TimeProvider clock, StaffId who, Request request, string hash, bool mustChange, CancellationToken ct)
    {
        var id = StaffId.New(clock);
        var row = new { id, request.Name, DisplayName = request.DisplayName.Trim(), hash, must = mustChange ? 1 : 0, now = clock.GetUtcNow() };
        if (!await tx.TryInsert(Insert, row, ct).ConfigureAwait(false)) return null;
        await ChangeRoles.Insert(tx, id, request.Roles, ct).ConfigureAwait(false);
        await Audit.Record(tx, clock, who, "staff.created", $"staff:{id}", ChangeRoles.Listed(request.Roles), ct).ConfigureAwait(false);
        return id;
    }
}
