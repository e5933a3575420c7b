using System.Text.RegularExpressions;
using Courier.Kernel;

namespace Courier.Services.Customers;

/// <summary>What a field's value must look like, wherever it comes from, and how it is shown to who need not read it.</summary>
public static partial class FieldRules
{
    /// <summary>The fields that a record is expected to have; others are welcome.</summary>
    internal static readonly CustomerField[] Expected = [CustomerField.Name, CustomerField.Phone, CustomerField.Province, CustomerField.City, CustomerField.Address];

    /// <summary>The value as it is kept, or what is wrong with it.</summary>
    internal static (string? Value, string Problem) Read(CustomerField field, string text)
    {
        var value = text.Trim();
        if (value.Length == 0) return (null, Texts.FieldEmpty);
        if (value.Any(char.IsControl)) return (null, Texts.FieldControl);
        return field switch
        {
            CustomerField.Phone => Phone.TryParse(value, out var phone) ? (phone.Text, "") : (null, Texts.FieldPhoneWrong),
            CustomerField.Email => value.Length <= 100 && Mail().IsMatch(value) ? (value.ToLowerInvariant(), "") : (null, Texts.FieldEmailWrong),
            CustomerField.Name => UpTo(60, value),
            CustomerField.Company => UpTo(100, value),
            CustomerField.Province or CustomerField.City => UpTo(30, value),
            CustomerField.Address => UpTo(200, value),
        };
    }

    /// <summary>The value with its middle hidden: enough to recognise what one knows already.</summary>
    public static string Mask(CustomerField field, string value) => field switch
    {
        CustomerField.Phone => Phone.TryParse(value, out var phone) ? phone.ToString() : "****",
        CustomerField.Email => value.Length == 0 ? "" : $"{value[0]}***{value[Math.Max(0, value.IndexOf('@', StringComparison.Ordinal))..]}",
        CustomerField.Name => Masking.Name(value),
        CustomerField.Address => value.Length <= 6 ? "****" : value[..6] + "****",
        CustomerField.Company or CustomerField.Province or CustomerField.City => value,
    };

    private static (string?, string) UpTo(int most, string value) => value.Length <= most ? (value, "") : (null, Texts.FieldTooLong(most));

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex Mail();
}
