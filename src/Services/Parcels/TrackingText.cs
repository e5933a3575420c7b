namespace Courier.Services.Parcels;

/// <summary>Tracking as people read it in a chat; at most 2048 bytes of UTF-8, never cutting a character.</summary>
public static class TrackingText
{
    /// <summary>The answer for one number.</summary>
    public static string Of(TrackedParcel parcel, TimeProvider clock) => throw new NotSupportedException();

    /// <summary>The answer for several numbers: in full for one, a few lines each for more.</summary>
    public static string Of(IReadOnlyList<TrackedParcel> parcels, TimeProvider clock) => throw new NotSupportedException();
}
