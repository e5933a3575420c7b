using Courier.Kernel;

namespace Courier.Services.Staff;

/// <summary>Section <c>Staff</c>.</summary>
public sealed record StaffOptions : ICheckedOptions
{
    /// <summary>A session ends when it was not used for so long.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session ends so long after the sign-in, used or not.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The administrator that is made once, while no administrator is in use; with an empty name nobody is made.</summary>
    public FirstAdminOptions FirstAdmin { get; init; } = new();

    /// <inheritdoc />
    public IEnumerable<string> Problems()
    {
        if (SessionIdle < TimeSpan.FromMinutes(1) || SessionIdle > SessionLifetime)
            yield return "SessionIdle must lie between 00:01:00 and SessionLifetime";
        if (SessionLifetime > TimeSpan.FromDays(7))
            yield return "SessionLifetime must be at most 7.00:00:00";
        if (FirstAdmin.Name.Length == 0) yield break;
        if (!StaffName.TryParse(FirstAdmin.Name, null, out var name))
            yield return "FirstAdmin:Name must be 2 to 32 of a-z, 0-9, '.', '-', '_' and start with a letter";
        else if (PasswordRule.Problem(FirstAdmin.Password, name) is not null)
            yield return "FirstAdmin:Password must have 10 to 128 characters and must not contain the name";
        else if (SeedDemoStaff.Members.Any(m => m.Password == FirstAdmin.Password))
            yield return "FirstAdmin:Password is a demo password that everybody knows";
    }
}

/// <summary>Section <c>Staff:FirstAdmin</c>. Its password must be changed at the first sign-in.</summary>
public sealed record FirstAdminOptions
{
    /// <summary>The name to sign in with.</summary>
    public string Name { get; init; } = "";

    /// <summary>The first password.</summary>
    public string Password { get; init; } = "";
}
