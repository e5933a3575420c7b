namespace Courier.Kernel.Modules;

/// <summary>Section <c>Demo</c>.</summary>
public sealed record DemoOptions : ICheckedOptions
{
    /// <summary>Are demo data loaded (outlets, lockers, staff, customers, parcels)? True in Development by its settings file; Production refuses it.</summary>
    public bool Enabled { get; init; }

    /// <inheritdoc />
    public IEnumerable<string> Problems() => [];
}
