namespace Courier.Services.Notifications;

/// <summary>Where a notification stands.</summary>
public enum NotificationState
{
    /// <summary>Waits for its time, its turn, or another attempt.</summary>
    Planned,

    /// <summary>A process is sending it.</summary>
    Sending,

    /// <summary>No channel reaches the customer until they write or tap; it is sent then.</summary>
    Held,

    /// <summary>A channel has taken it (its reason tells when that is not certain).</summary>
    Sent,

    /// <summary>The channel has confirmed that it arrived.</summary>
    Delivered,

    /// <summary>It could not be sent; the reason says why. A person may have it tried again.</summary>
    Dead,

    /// <summary>It is not sent any more: the customer has left and no other way is open, or a person has taken over.</summary>
    Dropped,

    /// <summary>A newer state of the same parcel, or time, made it worthless.</summary>
    Superseded,
}

/// <summary>How one attempt over one channel ended.</summary>
public enum SendState
{
    /// <summary>The channel has taken it.</summary>
    Sent,

    /// <summary>The channel has confirmed that it arrived.</summary>
    Delivered,

    /// <summary>It may have arrived; it was not repeated.</summary>
    Ambiguous,

    /// <summary>Not over this channel; the next one was tried.</summary>
    FallenBack,

    /// <summary>Not sent; another attempt follows.</summary>
    Retried,

    /// <summary>The customer cannot be reached any more.</summary>
    Dropped,

    /// <summary>Refused or given up.</summary>
    Dead,
}
