using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Notifications;

namespace Courier.CallCenter;

/// <summary>How somebody who called was told something in writing.</summary>
internal enum ToldBy
{
    /// <summary>Not at all: not known at WeChat, and no mobile number.</summary>
    Nothing,

    /// <summary>By WeChat; what WeChat does not deliver goes as a short message.</summary>
    Wechat,

    /// <summary>By short message.</summary>
    Sms,
}

/// <summary>Tells somebody who called something in writing: by WeChat where the customer is known there, else to the mobile that called.</summary>
internal sealed class TellCaller(Db db, DataKeys keys, IJobAlarm alarm, ShortMessages messages, TimeProvider clock)
{
    /// <summary>Tells it once for a key. Without the database a short message is sent at once.</summary>
    /// <param name="customer">who it is; null when nobody knows</param>
    /// <param name="phone">the number that called</param>
    /// <param name="text">as it is read in a chat</param>
    /// <param name="key">the same for repeats</param>
    /// <param name="ct">gives up</param>
    public async Task<ToldBy> Execute(CustomerId? customer, Phone? phone, string text, string key, CancellationToken ct)
    {
        if (customer is { } known && await TryWechat(known, text, key, ct).ConfigureAwait(false)) return ToldBy.Wechat;
        return phone is { IsMobile: true } mobile && await messages.Send(mobile, text, key, ct).ConfigureAwait(false) ? ToldBy.Sms : ToldBy.Nothing;
    }

    // As a parcel's state, urgent: what WeChat does not deliver goes as a short message then, by the settings of those.
    private async Task<bool> TryWechat(CustomerId customer, string text, string key, CancellationToken ct)
    {
        try
        {
            if ((await CustomerIdentities.Wechat(db, [customer], ct).ConfigureAwait(false)).Count == 0) return false;
            await db.InTransaction(tx => PlanNotification.Execute(tx, keys, alarm, clock,
            [
                new PlannedNotification(customer, NotificationKind.ParcelStatus, key, text, TemplateKind: null, TemplateData: null, Url: null, OrderKey: null, OrderVersion: 0,
                    OnlyAppId: null, OnlyAddress: null) { IsUrgent = true },
            ], ct), ct).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (db.IsTroubled(e))
        {
            return false;
        }
    }
}
