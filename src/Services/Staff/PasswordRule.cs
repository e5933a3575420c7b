using Courier.Kernel;

namespace Courier.Services.Staff;

/// <summary>Which passwords are accepted (NIST SP 800-63B §5.1.1: length counts, composition rules do not).</summary>
public static class PasswordRule
{
    /// <summary>The code of a refusal.</summary>
    public const string Weak = "staff.password_weak";

    /// <summary>What is wrong with a password, in Chinese; null when it is accepted.</summary>
    public static string? Problem(string password, StaffName name) =>
        password.Length is < 10 or > 128 ? Texts.PasswordLength
        : password.Contains(name.Text, StringComparison.OrdinalIgnoreCase) ? Texts.PasswordHasName
        : password.Distinct().Count() < 4 ? Texts.PasswordMonotonous
        : null;

    internal static void Check(string password, StaffName name)
    {
        if (Problem(password, name) is { } problem) throw new RuleBroken(Weak, problem);
    }
}
