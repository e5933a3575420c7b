using Courier.Kernel;

namespace Courier.Services.Addresses;

/// <summary>Somebody at a place: a sender or a recipient.</summary>
/// <param name="Name">What the courier asks for at the door.</param>
/// <param name="Phone">The number to ring; masked by its <c>ToString</c>.</param>
/// <param name="Extension">Digits to dial after the number has answered (virtual numbers, offices); null for none.</param>
/// <param name="Address">Where.</param>
public sealed record ContactAddress(string Name, Phone Phone, string? Extension, PostalAddress Address)
{
    /// <summary>Without the name, the number masked.</summary>
    public override string ToString() => $"{Phone} {Address}";
}
