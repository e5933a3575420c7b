namespace Courier.Services.Customers;

/// <summary>What is summed up about a customer, by day.</summary>
public enum CustomerMeasure
{
    /// <summary>Orders placed.</summary>
    OrdersSent,

    /// <summary>Orders cancelled by the customer.</summary>
    OrdersCancelled,

    /// <summary>Parcels received.</summary>
    ParcelsReceived,

    /// <summary>Paid, in fen; a refund is negative.</summary>
    Spent,

    /// <summary>Complaints raised.</summary>
    Complaints,

    /// <summary>+1 when a complaint is opened, −1 when it is closed: the sum is how many are open.</summary>
    OpenComplaints,

    /// <summary>Claims raised.</summary>
    Claims,

    /// <summary>Words of praise, good ratings.</summary>
    Praises,
}
