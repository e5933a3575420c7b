namespace Courier.Services.Staff;

/// <summary>An account of somebody who works with the product.</summary>
public sealed record StaffMember
{
    /// <summary>Which account.</summary>
    public required StaffId Id { get; init; }

    /// <summary>What is typed to sign in; unique.</summary>
    public required StaffName Name { get; init; }

    /// <summary>The name that colleagues see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The roles, in the order of <see cref="StaffRole"/>.</summary>
    public required IReadOnlyList<StaffRole> Roles { get; init; }

    /// <summary>A disabled account cannot sign in and has no session.</summary>
    public required bool Disabled { get; init; }

    /// <summary>Somebody else chose the password: until it is changed, the account has no rights.</summary>
    public required bool MustChangePassword { get; init; }

    /// <summary>When the account was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
