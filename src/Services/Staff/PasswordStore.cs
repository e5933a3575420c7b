using Courier.Kernel.Data;

namespace Courier.Services.Staff;

/// <summary>Where the password of an account lies.</summary>
internal static class PasswordStore
{
    public static Task Set(Tx tx, StaffId id, string hash, bool mustChange, CancellationToken ct) =>
        tx.Execute("update staff_accounts set password_hash = @hash, must_change_password = @must where id = @id",
            new { id, hash, must = mustChange ? 1 : 0 }, ct);

    /// <summary>The same password in a newer form, unless it was changed in the meantime.</summary>
    public static Task Renew(Tx tx, StaffId id, string old, string renewed, CancellationToken ct) =>
        tx.Execute("update staff_accounts set password_hash = @renewed where id = @id and password_hash = @old", new { id, old, renewed }, ct);
}
