using Courier.Kernel;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Makes a proven number the customer's.</summary>
public static class BindPhone
{
    /// <summary>Binds the number and tells the others (<see cref="CustomerPhoneVerified"/>); binding it again renews the proof.</summary>
    public static Task Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, Phone phone, PhoneSource source, CancellationToken ct) =>
        throw new NotSupportedException();
}
